-- Plans of campaigns, self-check forms, findings, inspections drawn at random.

ALTER TABLE campaign ADD COLUMN basis TEXT NOT NULL DEFAULT '';
ALTER TABLE campaign ADD COLUMN scope TEXT NOT NULL DEFAULT '';
ALTER TABLE campaign ADD COLUMN recipient TEXT NOT NULL DEFAULT '';
ALTER TABLE campaign ADD COLUMN look_back_days INTEGER NOT NULL DEFAULT 90;

-- Lines of a plan can be removed. No later one gets the id of a removed one,
-- or the trail would tell both stories of it.
CREATE TABLE phase (
  id          INTEGER PRIMARY KEY AUTOINCREMENT,
  campaign_id INTEGER NOT NULL REFERENCES campaign (id),
  position    INTEGER NOT NULL,
  kind        TEXT NOT NULL,
  name        TEXT NOT NULL CHECK (name <> ''),
  starts_on   TEXT NOT NULL,
  ends_on     TEXT NOT NULL CHECK (ends_on >= starts_on),
  tasks       TEXT NOT NULL
) STRICT;
CREATE INDEX phase_by_campaign ON phase (campaign_id, position);

CREATE TABLE member (
  id          INTEGER PRIMARY KEY AUTOINCREMENT,
  campaign_id INTEGER NOT NULL REFERENCES campaign (id),
  position    INTEGER NOT NULL,
  role        TEXT NOT NULL,
  name        TEXT NOT NULL,
  post        TEXT NOT NULL
) STRICT;
CREATE INDEX member_by_campaign ON member (campaign_id, position);

CREATE TABLE deadline (
  id           INTEGER PRIMARY KEY AUTOINCREMENT,
  campaign_id  INTEGER NOT NULL REFERENCES campaign (id),
  position     INTEGER NOT NULL,
  title        TEXT NOT NULL CHECK (title <> ''),
  recipient    TEXT NOT NULL,
  every        TEXT NOT NULL,
  date         TEXT NOT NULL,
  month        INTEGER NOT NULL,
  day          INTEGER NOT NULL,
  working_days INTEGER NOT NULL,
  before       INTEGER NOT NULL CHECK (before IN (0, 1)),
  roll         TEXT NOT NULL
) STRICT;
CREATE INDEX deadline_by_campaign ON deadline (campaign_id, position);

-- One occurrence of a deadline that was met; period says which.
CREATE TABLE deadline_done (
  id          INTEGER PRIMARY KEY,
  deadline_id INTEGER NOT NULL REFERENCES deadline (id),
  period      TEXT NOT NULL CHECK (period <> ''),
  due_on      TEXT NOT NULL,
  done_on     TEXT NOT NULL,
  note        TEXT NOT NULL,
  void_reason TEXT NOT NULL,
  voided_on   TEXT NOT NULL
) STRICT;
CREATE UNIQUE INDEX deadline_done_once ON deadline_done (deadline_id, period) WHERE voided_on = '';

CREATE TABLE duty (
  id          INTEGER PRIMARY KEY AUTOINCREMENT,
  campaign_id INTEGER NOT NULL REFERENCES campaign (id),
  position    INTEGER NOT NULL,
  project     TEXT NOT NULL CHECK (project <> ''),
  goal        TEXT NOT NULL,
  measure     TEXT NOT NULL CHECK (measure <> ''),
  departments TEXT NOT NULL,
  state       TEXT NOT NULL CHECK (state IN ('未开始', '进行中', '已完成')),
  progress    TEXT NOT NULL,
  progress_on TEXT NOT NULL
) STRICT;
CREATE INDEX duty_by_campaign ON duty (campaign_id, position);

CREATE TABLE check_item (
  id          INTEGER PRIMARY KEY AUTOINCREMENT,
  campaign_id INTEGER NOT NULL REFERENCES campaign (id),
  position    INTEGER NOT NULL,
  source      TEXT NOT NULL CHECK (source <> ''),
  text        TEXT NOT NULL CHECK (text <> '')
) STRICT;
CREATE INDEX check_item_by_campaign ON check_item (campaign_id, position);

CREATE TABLE selfcheck (
  id                    INTEGER PRIMARY KEY,
  campaign_id           INTEGER NOT NULL REFERENCES campaign (id),
  kind                  TEXT NOT NULL CHECK (kind IN ('personal', 'department')),
  form_no               TEXT NOT NULL UNIQUE,
  staff_id              INTEGER REFERENCES staff (id),
  department_id         INTEGER REFERENCES department (id),
  state                 TEXT NOT NULL CHECK (state IN ('未打印', '未交回', '已交回', '补课', '免查', '作废')),
  printed_on            TEXT NOT NULL,
  print_count           INTEGER NOT NULL,
  returned_on           TEXT NOT NULL,
  late                  INTEGER NOT NULL CHECK (late IN (0, 1)),
  problems              INTEGER NOT NULL, -- items answered 有
  gaps                  TEXT NOT NULL,
  department_opinion    TEXT NOT NULL,
  department_opinion_on TEXT NOT NULL,
  office_opinion        TEXT NOT NULL,
  office_opinion_on     TEXT NOT NULL,
  sent_back_reason      TEXT NOT NULL,
  sent_back_on          TEXT NOT NULL,
  excuse_reason         TEXT NOT NULL,
  excused_until         TEXT NOT NULL,
  void_reason           TEXT NOT NULL,
  voided_on             TEXT NOT NULL,
  CHECK ((kind = 'personal') = (staff_id IS NOT NULL)),
  CHECK ((kind = 'department') = (department_id IS NOT NULL)),
  CHECK ((state = '已交回') = (returned_on <> '')),
  CHECK (state = '已交回' OR late = 0)
) STRICT;
CREATE INDEX selfcheck_by_state ON selfcheck (campaign_id, kind, state);
CREATE UNIQUE INDEX selfcheck_one_per_person ON selfcheck (campaign_id, staff_id)
  WHERE staff_id IS NOT NULL AND state <> '作废';
CREATE UNIQUE INDEX selfcheck_one_per_department ON selfcheck (campaign_id, department_id)
  WHERE department_id IS NOT NULL AND state <> '作废';
CREATE INDEX selfcheck_by_staff ON selfcheck (staff_id) WHERE staff_id IS NOT NULL;

-- What a self-check form states under an item. Amounts are fen.
CREATE TABLE problem (
  id           INTEGER PRIMARY KEY,
  selfcheck_id INTEGER NOT NULL REFERENCES selfcheck (id),
  item_id      INTEGER NOT NULL REFERENCES check_item (id),
  particulars  TEXT NOT NULL, -- sealed
  counterpart  TEXT NOT NULL, -- sealed
  happened_on  TEXT NOT NULL,
  amount_fen   INTEGER NOT NULL CHECK (amount_fen >= 0),
  handed_fen   INTEGER NOT NULL CHECK (handed_fen BETWEEN 0 AND amount_fen),
  measure      TEXT NOT NULL,
  due_on       TEXT NOT NULL,
  void_reason  TEXT NOT NULL,
  voided_on    TEXT NOT NULL
) STRICT;
CREATE UNIQUE INDEX problem_one_per_item ON problem (selfcheck_id, item_id) WHERE voided_on = '';

CREATE TABLE draw (
  id          INTEGER PRIMARY KEY,
  form_no     TEXT NOT NULL UNIQUE,
  campaign_id INTEGER NOT NULL REFERENCES campaign (id),
  seed        TEXT NOT NULL CHECK (seed <> ''),
  drawn_on    TEXT NOT NULL,
  drawn_by    TEXT NOT NULL,
  witness     TEXT NOT NULL,
  pool        TEXT NOT NULL, -- JSON: what it was drawn from
  void_reason TEXT NOT NULL,
  voided_on   TEXT NOT NULL
) STRICT;
CREATE INDEX draw_by_campaign ON draw (campaign_id);

CREATE TABLE pick (
  id            INTEGER PRIMARY KEY,
  draw_id       INTEGER NOT NULL REFERENCES draw (id),
  position      INTEGER NOT NULL,
  department_id INTEGER NOT NULL REFERENCES department (id),
  day           TEXT NOT NULL,
  half          TEXT NOT NULL CHECK (half IN ('上午', '下午')),
  inspectors    TEXT NOT NULL,
  state         TEXT NOT NULL CHECK (state IN ('待检查', '已检查')),
  inspected_on  TEXT NOT NULL,
  record        TEXT NOT NULL,
  published     TEXT NOT NULL,
  UNIQUE (draw_id, department_id)
) STRICT;

CREATE TABLE finding (
  id             INTEGER PRIMARY KEY,
  form_no        TEXT NOT NULL UNIQUE,
  campaign_id    INTEGER REFERENCES campaign (id),
  source         TEXT NOT NULL,
  origin         TEXT NOT NULL,
  problem_id     INTEGER REFERENCES problem (id),
  pick_id        INTEGER REFERENCES pick (id),
  found_on       TEXT NOT NULL,
  category       TEXT NOT NULL,
  level          TEXT NOT NULL CHECK (level IN ('一般', '重大')),
  department_id  INTEGER NOT NULL REFERENCES department (id),
  staff_id       INTEGER REFERENCES staff (id),
  leader         TEXT NOT NULL,
  problem        TEXT NOT NULL CHECK (problem <> ''),
  measure        TEXT NOT NULL,
  funds_fen      INTEGER NOT NULL CHECK (funds_fen >= 0),
  due_on         TEXT NOT NULL,
  contingency    TEXT NOT NULL,
  state          TEXT NOT NULL CHECK (state IN ('待整改', '整改中', '待验收', '退回', '已销号', '反弹', '作废')),
  notified_on    TEXT NOT NULL,
  begun_on       TEXT NOT NULL,
  submitted_on   TEXT NOT NULL,
  submitted_by   INTEGER NOT NULL, -- account, 0 before
  mended_by      TEXT NOT NULL,
  result         TEXT NOT NULL,
  refused_on     TEXT NOT NULL,
  refuse_reason  TEXT NOT NULL,
  accepted_on    TEXT NOT NULL,
  accepted_by    TEXT NOT NULL,
  accept_note    TEXT NOT NULL,
  look_back_due  TEXT NOT NULL,
  look_back_on   TEXT NOT NULL,
  look_back_by   TEXT NOT NULL,
  look_back_note TEXT NOT NULL,
  relapses       INTEGER NOT NULL,
  void_reason    TEXT NOT NULL,
  voided_on      TEXT NOT NULL,
  CHECK ((state = '已销号') = (accepted_on <> '')),
  CHECK ((state = '已销号') = (accepted_by <> '')),
  CHECK ((state = '作废') = (voided_on <> ''))
) STRICT;
CREATE INDEX finding_by_state ON finding (campaign_id, state, due_on);
CREATE INDEX finding_by_due ON finding (due_on) WHERE state NOT IN ('已销号', '作废');
CREATE INDEX finding_by_look_back ON finding (look_back_due) WHERE state = '已销号' AND look_back_on = '';
CREATE INDEX finding_by_pick ON finding (pick_id) WHERE pick_id IS NOT NULL;
CREATE UNIQUE INDEX finding_one_per_problem ON finding (problem_id) WHERE problem_id IS NOT NULL AND state <> '作废';

-- A closed finding is left through a relapse only, whoever writes.
CREATE TRIGGER finding_closed_stays BEFORE UPDATE OF state ON finding
  WHEN OLD.state = '已销号' AND NEW.state NOT IN ('已销号', '反弹')
  BEGIN SELECT RAISE(ABORT, 'a closed finding can only relapse'); END;
CREATE TRIGGER finding_closed_by_acceptance BEFORE UPDATE OF state ON finding
  WHEN NEW.state = '已销号' AND OLD.state NOT IN ('待验收', '已销号')
  BEGIN SELECT RAISE(ABORT, 'a finding is closed by an acceptance only'); END;
-- A new row is closed only as the history of an older register.
CREATE TRIGGER finding_begins_open BEFORE INSERT ON finding
  WHEN NEW.state = '已销号' AND NEW.accept_note <> '原台账导入'
  BEGIN SELECT RAISE(ABORT, 'a finding is closed by an acceptance only'); END;
CREATE TRIGGER finding_stays BEFORE DELETE ON finding
  BEGIN SELECT RAISE(ABORT, 'findings are voided, never removed'); END;

CREATE TABLE extension (
  id         INTEGER PRIMARY KEY,
  finding_id INTEGER NOT NULL REFERENCES finding (id),
  old_due    TEXT NOT NULL,
  new_due    TEXT NOT NULL CHECK (new_due > old_due),
  reason     TEXT NOT NULL,
  state      TEXT NOT NULL CHECK (state IN ('待批', '已批准', '未批准')),
  asked_on   TEXT NOT NULL,
  asked_by   INTEGER NOT NULL,
  decided_on TEXT NOT NULL,
  decided_by TEXT NOT NULL,
  note       TEXT NOT NULL
) STRICT;
CREATE INDEX extension_by_finding ON extension (finding_id);
CREATE UNIQUE INDEX extension_one_open ON extension (finding_id) WHERE state = '待批';
