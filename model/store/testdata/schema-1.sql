PRAGMA foreign_keys=OFF;
BEGIN TRANSACTION;
CREATE TABLE migration (number INTEGER PRIMARY KEY, name TEXT NOT NULL, at INTEGER NOT NULL) STRICT;
INSERT INTO migration VALUES(1,'0001_first.sql',1786449600);
CREATE TABLE setting (
  key   TEXT PRIMARY KEY,
  value TEXT NOT NULL
) STRICT;
CREATE TABLE hospital (
  id                INTEGER PRIMARY KEY CHECK (id = 1),
  name              TEXT NOT NULL CHECK (name <> ''),
  credit_code       TEXT NOT NULL,
  office            TEXT NOT NULL,
  report_phone      TEXT NOT NULL,
  report_address    TEXT NOT NULL,
  mailbox           TEXT NOT NULL,
  reception_hours   TEXT NOT NULL,
  integrity_account TEXT NOT NULL,
  integrity_bank    TEXT NOT NULL,
  integrity_no      TEXT NOT NULL,
  bureau            TEXT NOT NULL,
  handover_limit    INTEGER NOT NULL,
  handover_unit     TEXT NOT NULL
) STRICT;
CREATE TABLE department (
  id            INTEGER PRIMARY KEY,
  name          TEXT NOT NULL UNIQUE CHECK (name <> ''),
  kind          TEXT NOT NULL,
  head_id       INTEGER REFERENCES staff (id),
  nurse_head_id INTEGER REFERENCES staff (id),
  leader        TEXT NOT NULL,
  sort_order    INTEGER NOT NULL,
  closed_on     TEXT NOT NULL,
  initials      TEXT NOT NULL
) STRICT;
INSERT INTO department VALUES(1,'急诊科','',NULL,NULL,'',1,'',' jzk');
CREATE TABLE department_alias (
  alias         TEXT PRIMARY KEY,
  department_id INTEGER NOT NULL REFERENCES department (id)
) STRICT;
CREATE TABLE party_branch (
  id   INTEGER PRIMARY KEY,
  name TEXT NOT NULL UNIQUE CHECK (name <> '')
) STRICT;
CREATE TABLE staff (
  id              INTEGER PRIMARY KEY,
  employee_no     TEXT NOT NULL UNIQUE CHECK (employee_no <> ''),
  name            TEXT NOT NULL CHECK (name <> ''),
  sex             TEXT NOT NULL,
  born_on         TEXT NOT NULL,
  id_number       TEXT NOT NULL,
  phone           TEXT NOT NULL,
  department_id   INTEGER NOT NULL REFERENCES department (id),
  branch_id       INTEGER REFERENCES party_branch (id),
  post            TEXT NOT NULL,
  title           TEXT NOT NULL,
  position        TEXT NOT NULL,
  political       TEXT NOT NULL,
  joined_on       TEXT NOT NULL,
  key_post_reason TEXT NOT NULL,
  grid_supervisor INTEGER NOT NULL CHECK (grid_supervisor IN (0, 1)),
  note            TEXT NOT NULL,
  left_on         TEXT NOT NULL,
  left_reason     TEXT NOT NULL,
  sort_key        TEXT NOT NULL, -- pinyin of the name
  initials        TEXT NOT NULL  -- ' zs zc': first letters in all readings
) STRICT;
INSERT INTO staff VALUES(1,'01000','张三','','','','',1,NULL,'护士','','','','','',0,'','','','zhang san',' zs');
INSERT INTO staff VALUES(2,'01001','李喆','','','','',1,NULL,'护士','','','','','',0,'','','','li zhe',' lz');
INSERT INTO staff VALUES(3,'01002','王䶮','','','','',1,NULL,'护士','','','','','',0,'','2026-08-01','调出','wang yan',' wy yy');
CREATE TABLE campaign (
  id          INTEGER PRIMARY KEY,
  template_id TEXT NOT NULL,
  title       TEXT NOT NULL UNIQUE CHECK (title <> ''),
  document_no TEXT NOT NULL,
  starts_on   TEXT NOT NULL,
  ends_on     TEXT NOT NULL CHECK (ends_on >= starts_on)
) STRICT;
INSERT INTO campaign VALUES(1,'county-plan-2024','2026年医疗行业作风建设专项行动','','2026-07-01','2026-12-31');
CREATE TABLE numbering (
  prefix TEXT NOT NULL,
  year   INTEGER NOT NULL,
  last   INTEGER NOT NULL,
  PRIMARY KEY (prefix, year)
) STRICT;
INSERT INTO numbering VALUES('CN',2026,3);
CREATE TABLE commitment (
  id            INTEGER PRIMARY KEY,
  campaign_id   INTEGER NOT NULL REFERENCES campaign (id),
  kind          TEXT NOT NULL CHECK (kind IN ('personal', 'department', 'supplier', 'works')),
  form_no       TEXT NOT NULL UNIQUE,
  staff_id      INTEGER REFERENCES staff (id),
  department_id INTEGER REFERENCES department (id),
  party_name    TEXT NOT NULL,
  party_code    TEXT NOT NULL,
  party_person  TEXT NOT NULL,
  state         TEXT NOT NULL CHECK (state IN ('未打印', '未交回', '已交回', '免签', '作废')),
  printed_on    TEXT NOT NULL,
  print_count   INTEGER NOT NULL,
  returned_on   TEXT NOT NULL,
  excuse_reason TEXT NOT NULL,
  excused_until TEXT NOT NULL,
  void_reason   TEXT NOT NULL,
  voided_on     TEXT NOT NULL,
  CHECK ((kind = 'personal') = (staff_id IS NOT NULL)),
  CHECK ((kind = 'department') = (department_id IS NOT NULL)),
  CHECK ((state = '已交回') = (returned_on <> ''))
) STRICT;
INSERT INTO commitment VALUES(1,1,'personal','CN-2026-00001-54',1,NULL,'','','','未打印','',0,'','','','','');
INSERT INTO commitment VALUES(2,1,'personal','CN-2026-00002-51',2,NULL,'','','','未打印','',0,'','','','','');
INSERT INTO commitment VALUES(3,1,'personal','CN-2026-00003-48',3,NULL,'','','','免签','',0,'','离职','','','');
CREATE TABLE audit (
  id        INTEGER PRIMARY KEY AUTOINCREMENT,
  at        INTEGER NOT NULL,
  actor     TEXT NOT NULL,
  action    TEXT NOT NULL,
  entity    TEXT NOT NULL,
  entity_id INTEGER NOT NULL,
  label     TEXT NOT NULL,
  before    TEXT NOT NULL,
  after     TEXT NOT NULL
) STRICT;
INSERT INTO audit VALUES(1,1786449600,'李某','新增','科室',1,'急诊科','','{"name":"急诊科","sort_order":1}');
INSERT INTO audit VALUES(2,1786449600,'李某','新增','职工',1,'01000','','{"department_id":1,"employee_no":"01000","grid_supervisor":0,"name":"张三","post":"护士"}');
INSERT INTO audit VALUES(3,1786449600,'李某','新增','职工',2,'01001','','{"department_id":1,"employee_no":"01001","grid_supervisor":0,"name":"李喆","post":"护士"}');
INSERT INTO audit VALUES(4,1786449600,'李某','新增','职工',3,'01002','','{"department_id":1,"employee_no":"01002","grid_supervisor":0,"name":"王䶮","post":"护士"}');
INSERT INTO audit VALUES(5,1786449600,'李某','新增','专项行动',1,'2026年医疗行业作风建设专项行动','','{"@id":1,"ends_on":"2026-12-31","starts_on":"2026-07-01","template_id":"county-plan-2024","title":"2026年医疗行业作风建设专项行动"}');
INSERT INTO audit VALUES(6,1786449600,'李某','生成','承诺书',1,'2026年医疗行业作风建设专项行动','','{"count":3,"from":"CN-2026-00001-54","kind":"个人","to":"CN-2026-00003-48"}');
INSERT INTO audit VALUES(7,1786449600,'李某','离职','职工',3,'01002','{}','{"left_on":"2026-08-01","left_reason":"调出"}');
INSERT INTO audit VALUES(8,1786449600,'李某','免签','承诺书',3,'CN-2026-00003-48','{"state":"未打印"}','{"excuse_reason":"离职","state":"免签"}');
DELETE FROM sqlite_sequence;
INSERT INTO sqlite_sequence VALUES('audit',8);
CREATE INDEX staff_by_department ON staff (department_id, employee_no);
CREATE INDEX staff_by_name ON staff (sort_key, employee_no);
CREATE INDEX commitment_by_state ON commitment (campaign_id, kind, state);
CREATE UNIQUE INDEX commitment_one_per_person ON commitment (campaign_id, staff_id)
  WHERE staff_id IS NOT NULL AND state <> '作废';
CREATE UNIQUE INDEX commitment_one_per_department ON commitment (campaign_id, department_id)
  WHERE department_id IS NOT NULL AND state <> '作废';
CREATE INDEX audit_by_entity ON audit (entity, entity_id);
CREATE TRIGGER audit_keeps_lines BEFORE UPDATE ON audit
  BEGIN SELECT RAISE(ABORT, 'audit lines are never changed'); END;
CREATE TRIGGER audit_loses_nothing BEFORE DELETE ON audit
  BEGIN SELECT RAISE(ABORT, 'audit lines are never removed'); END;
COMMIT;
