-- Red envelopes that were handed in: items, receipts, dispositions, keepers.

ALTER TABLE hospital ADD COLUMN handover_document TEXT NOT NULL DEFAULT '';
ALTER TABLE hospital ADD COLUMN handover_from TEXT NOT NULL DEFAULT '';

-- The hospital's hand-over limits by the day from which each is in force, ''
-- for ever.
CREATE TABLE handover_rule (
  id       INTEGER PRIMARY KEY,
  from_on  TEXT NOT NULL UNIQUE,
  most     INTEGER NOT NULL,
  unit     TEXT NOT NULL,
  document TEXT NOT NULL
) STRICT;
INSERT INTO handover_rule (from_on, most, unit, document) SELECT '', handover_limit, handover_unit, '' FROM hospital;

CREATE TABLE supplier (
  id          INTEGER PRIMARY KEY,
  name        TEXT NOT NULL UNIQUE CHECK (name <> ''),
  credit_code TEXT NOT NULL,
  opened_on   TEXT NOT NULL
) STRICT;

CREATE TABLE handover (
  id                INTEGER PRIMARY KEY,
  form_no           TEXT NOT NULL UNIQUE,
  old_no            TEXT NOT NULL,
  state             TEXT NOT NULL CHECK (state IN ('待处置', '部分处置', '已结清', '作废')),
  received_at       TEXT NOT NULL,
  handed_at         TEXT NOT NULL CHECK (handed_at <> ''),
  timeliness        TEXT NOT NULL CHECK (timeliness IN ('按时', '逾期', '未判')),
  limit_n           INTEGER NOT NULL,
  limit_unit        TEXT NOT NULL,
  limit_document    TEXT NOT NULL,
  anonymous         INTEGER NOT NULL CHECK (anonymous IN (0, 1)),
  staff_id          INTEGER REFERENCES staff (id),
  department_id     INTEGER REFERENCES department (id),
  occasion          TEXT NOT NULL,
  giver             TEXT NOT NULL CHECK (giver IN ('患者', '家属', '企业', '不明')),
  giver_name        TEXT NOT NULL, -- sealed
  giver_name_mark   TEXT NOT NULL,
  patient           TEXT NOT NULL, -- sealed
  patient_mark      TEXT NOT NULL,
  admission_no      TEXT NOT NULL, -- sealed
  admission_no_mark TEXT NOT NULL,
  bed               TEXT NOT NULL, -- sealed
  supplier_id       INTEGER REFERENCES supplier (id),
  agent             TEXT NOT NULL, -- sealed
  story             TEXT NOT NULL, -- sealed
  bystanders        TEXT NOT NULL, -- sealed
  received_by       TEXT NOT NULL CHECK (received_by <> ''),
  witnessed_by      TEXT NOT NULL CHECK (witnessed_by NOT IN ('', received_by)),
  keeper            TEXT NOT NULL CHECK (keeper <> ''),
  co_keeper         TEXT NOT NULL CHECK (co_keeper <> keeper),
  kept_at           TEXT NOT NULL,
  remark            TEXT NOT NULL, -- sealed
  amount_fen        INTEGER NOT NULL CHECK (amount_fen > 0),
  disposed_fen      INTEGER NOT NULL CHECK (disposed_fen BETWEEN 0 AND amount_fen),
  kept_fen          INTEGER NOT NULL, -- of what is left, what lies in a safe
  void_reason       TEXT NOT NULL,
  voided_on         TEXT NOT NULL,
  CHECK (kept_fen BETWEEN 0 AND CASE state WHEN '作废' THEN 0 ELSE amount_fen - disposed_fen END),
  CHECK (anonymous = 0 OR (staff_id IS NULL AND department_id IS NULL)),
  CHECK (anonymous = 1 OR staff_id IS NOT NULL),
  CHECK ((giver = '企业') = (supplier_id IS NOT NULL)),
  CHECK (state = '作废' OR state = CASE disposed_fen WHEN 0 THEN '待处置' WHEN amount_fen THEN '已结清' ELSE '部分处置' END),
  CHECK ((state = '作废') = (voided_on <> '')),
  CHECK (state <> '作废' OR disposed_fen = 0)
) STRICT;
CREATE INDEX handover_by_handed ON handover (handed_at);
CREATE INDEX handover_by_state ON handover (state, handed_at);
CREATE INDEX handover_by_staff ON handover (staff_id, handed_at) WHERE staff_id IS NOT NULL;
CREATE INDEX handover_by_supplier ON handover (supplier_id) WHERE supplier_id IS NOT NULL;
CREATE INDEX handover_by_admission ON handover (admission_no_mark) WHERE admission_no_mark <> '';
CREATE INDEX handover_by_patient ON handover (patient_mark) WHERE patient_mark <> '';
CREATE INDEX handover_by_keeper ON handover (keeper, co_keeper) WHERE kept_fen > 0;
CREATE INDEX handover_by_old_no ON handover (old_no) WHERE old_no <> '';
CREATE TRIGGER handover_stays BEFORE DELETE ON handover
  BEGIN SELECT RAISE(ABORT, 'handovers are voided, never removed'); END;
CREATE TRIGGER handover_void_stays BEFORE UPDATE OF state ON handover WHEN OLD.state = '作废' AND NEW.state <> '作废'
  BEGIN SELECT RAISE(ABORT, 'a voided handover stays void'); END;
CREATE TRIGGER handover_keeps_its_name BEFORE UPDATE OF anonymous ON handover WHEN OLD.anonymous <> NEW.anonymous
  BEGIN SELECT RAISE(ABORT, 'a handover stays anonymous or not'); END;

-- Entries are never changed: a counter-entry, with the same figures below
-- zero, takes one back.
CREATE TABLE handover_item (
  id          INTEGER PRIMARY KEY,
  handover_id INTEGER NOT NULL REFERENCES handover (id),
  position    INTEGER NOT NULL,
  category    TEXT NOT NULL CHECK (category IN ('现金', '转账', '购物卡', '代金券', '有价证券', '物品', '宴请旅游')),
  particulars TEXT NOT NULL, -- sealed
  quantity    INTEGER NOT NULL,
  unit        TEXT NOT NULL,
  amount_fen  INTEGER NOT NULL,
  basis       TEXT NOT NULL,
  corrects_id INTEGER UNIQUE REFERENCES handover_item (id),
  reason      TEXT NOT NULL,
  entered_on  TEXT NOT NULL,
  CHECK (CASE WHEN corrects_id IS NULL THEN quantity > 0 AND amount_fen > 0 ELSE quantity < 0 AND amount_fen < 0 AND reason <> '' END)
) STRICT;
CREATE INDEX handover_item_by_handover ON handover_item (handover_id, position);
CREATE TRIGGER handover_item_counters_one BEFORE INSERT ON handover_item
  WHEN NEW.corrects_id IS NOT NULL AND NOT EXISTS (SELECT 1 FROM handover_item i WHERE i.id = NEW.corrects_id AND i.corrects_id IS NULL
    AND i.handover_id = NEW.handover_id AND i.amount_fen = -NEW.amount_fen AND i.quantity = -NEW.quantity)
  BEGIN SELECT RAISE(ABORT, 'a counter-entry takes one item back as it was entered'); END;
CREATE TRIGGER handover_item_stands BEFORE UPDATE OF handover_id, category, quantity, amount_fen, corrects_id, reason ON handover_item
  BEGIN SELECT RAISE(ABORT, 'items are corrected by counter-entries'); END;
CREATE TRIGGER handover_item_stays BEFORE DELETE ON handover_item
  BEGIN SELECT RAISE(ABORT, 'items are corrected by counter-entries'); END;

CREATE TABLE disposition (
  id           INTEGER PRIMARY KEY,
  form_no      TEXT NOT NULL UNIQUE,
  handover_id  INTEGER NOT NULL REFERENCES handover (id),
  kind         TEXT NOT NULL CHECK (kind IN ('退还送方', '转住院预交金', '上缴廉政账户', '上缴国库', '物品变价', '物品捐赠', '物品销毁', '移送纪检监察')),
  disposed_on  TEXT NOT NULL CHECK (disposed_on <> ''),
  amount_fen   INTEGER NOT NULL,
  voucher      TEXT NOT NULL,
  approver     TEXT NOT NULL CHECK (approver <> ''),
  handled_by   TEXT NOT NULL CHECK (handled_by NOT IN ('', approver)),
  signer       TEXT NOT NULL, -- sealed
  told_on      TEXT NOT NULL,
  told_how     TEXT NOT NULL,
  proceeds_fen INTEGER NOT NULL,
  remark       TEXT NOT NULL, -- sealed
  reverses_id  INTEGER UNIQUE REFERENCES disposition (id),
  reason       TEXT NOT NULL,
  CHECK (CASE WHEN reverses_id IS NULL THEN amount_fen > 0 AND proceeds_fen >= 0 ELSE amount_fen < 0 AND proceeds_fen <= 0 AND reason <> '' END)
) STRICT;
CREATE INDEX disposition_by_handover ON disposition (handover_id);
CREATE INDEX disposition_by_day ON disposition (disposed_on);
CREATE TRIGGER disposition_counters_one BEFORE INSERT ON disposition
  WHEN NEW.reverses_id IS NOT NULL AND NOT EXISTS (SELECT 1 FROM disposition d WHERE d.id = NEW.reverses_id AND d.reverses_id IS NULL
    AND d.handover_id = NEW.handover_id AND d.amount_fen = -NEW.amount_fen)
  BEGIN SELECT RAISE(ABORT, 'a counter-entry takes one disposition back as it was made'); END;
CREATE TRIGGER disposition_stands BEFORE UPDATE OF form_no, handover_id, kind, disposed_on, amount_fen, reverses_id, reason ON disposition
  BEGIN SELECT RAISE(ABORT, 'dispositions are corrected by counter-entries'); END;
CREATE TRIGGER disposition_stays BEFORE DELETE ON disposition
  BEGIN SELECT RAISE(ABORT, 'dispositions are corrected by counter-entries'); END;

CREATE TABLE disposition_line (
  id             INTEGER PRIMARY KEY,
  disposition_id INTEGER NOT NULL REFERENCES disposition (id),
  item_id        INTEGER NOT NULL REFERENCES handover_item (id),
  quantity       INTEGER NOT NULL,
  amount_fen     INTEGER NOT NULL CHECK (amount_fen <> 0),
  UNIQUE (disposition_id, item_id)
) STRICT;
CREATE INDEX disposition_line_by_item ON disposition_line (item_id);
-- Nothing leaves twice, whoever writes.
CREATE TRIGGER disposition_line_within AFTER INSERT ON disposition_line
  WHEN NOT (SELECT SUM(l.amount_fen) BETWEEN 0 AND i.amount_fen AND SUM(l.quantity) BETWEEN 0 AND i.quantity
    FROM disposition_line l JOIN handover_item i ON i.id = l.item_id WHERE l.item_id = NEW.item_id)
  BEGIN SELECT RAISE(ABORT, 'more was disposed of than came in'); END;
CREATE TRIGGER disposition_line_of_standing BEFORE INSERT ON disposition_line
  WHEN NEW.amount_fen > 0 AND (EXISTS (SELECT 1 FROM handover_item c WHERE c.corrects_id = NEW.item_id)
    OR NOT EXISTS (SELECT 1 FROM handover_item i JOIN disposition d ON d.id = NEW.disposition_id
      WHERE i.id = NEW.item_id AND i.corrects_id IS NULL AND i.handover_id = d.handover_id))
  BEGIN SELECT RAISE(ABORT, 'only standing items of the same handover are disposed of'); END;
CREATE TRIGGER disposition_line_stands BEFORE UPDATE ON disposition_line
  BEGIN SELECT RAISE(ABORT, 'dispositions are corrected by counter-entries'); END;
CREATE TRIGGER disposition_line_stays BEFORE DELETE ON disposition_line
  BEGIN SELECT RAISE(ABORT, 'dispositions are corrected by counter-entries'); END;

CREATE TABLE receipt (
  id          INTEGER PRIMARY KEY,
  form_no     TEXT NOT NULL UNIQUE,
  handover_id INTEGER NOT NULL REFERENCES handover (id),
  issued_on   TEXT NOT NULL,
  amount_fen  INTEGER NOT NULL CHECK (amount_fen > 0),
  content     TEXT NOT NULL, -- sealed JSON: what it says
  printed_on  TEXT NOT NULL,
  print_count INTEGER NOT NULL,
  void_reason TEXT NOT NULL,
  voided_on   TEXT NOT NULL,
  CHECK ((voided_on = '') = (void_reason = ''))
) STRICT;
CREATE UNIQUE INDEX receipt_one_in_force ON receipt (handover_id) WHERE voided_on = '';
CREATE INDEX receipt_by_handover ON receipt (handover_id);
CREATE TRIGGER receipt_stands BEFORE UPDATE OF form_no, handover_id, issued_on, amount_fen ON receipt
  BEGIN SELECT RAISE(ABORT, 'a receipt is voided, never changed'); END;
CREATE TRIGGER receipt_stays BEFORE DELETE ON receipt
  BEGIN SELECT RAISE(ABORT, 'receipts are voided, never removed'); END;

CREATE TABLE custody (
  id           INTEGER PRIMARY KEY,
  form_no      TEXT NOT NULL UNIQUE,
  moved_on     TEXT NOT NULL,
  from_keeper  TEXT NOT NULL,
  keeper       TEXT NOT NULL,
  co_keeper    TEXT NOT NULL,
  kept_at      TEXT NOT NULL,
  witnessed_by TEXT NOT NULL,
  note         TEXT NOT NULL
) STRICT;
CREATE TABLE custody_handover (
  id          INTEGER PRIMARY KEY,
  custody_id  INTEGER NOT NULL REFERENCES custody (id),
  handover_id INTEGER NOT NULL REFERENCES handover (id),
  kept        TEXT NOT NULL, -- sealed JSON: what changed hands
  UNIQUE (custody_id, handover_id)
) STRICT;
CREATE INDEX custody_handover_by_handover ON custody_handover (handover_id);
