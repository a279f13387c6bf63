-- What stood in the clear about citizens, until the next start has sealed it and put it in its place: then it is empty.
CREATE TABLE unsealed (
    table_name TEXT NOT NULL,
    row_id TEXT NOT NULL,
    column_name TEXT NOT NULL,
    value TEXT NOT NULL,
    PRIMARY KEY (table_name, row_id, column_name)
);

INSERT INTO unsealed SELECT 'citizens', id, 'name', name FROM citizens;
INSERT INTO unsealed SELECT 'citizens', id, 'email', email FROM citizens WHERE email IS NOT NULL;
INSERT INTO unsealed SELECT 'citizens', id, 'phone', phone FROM citizens WHERE phone IS NOT NULL;
INSERT INTO unsealed SELECT 'citizens', id, 'goals', goals FROM citizens;
INSERT INTO unsealed SELECT 'citizens', id, 'mentor', mentor FROM citizens WHERE mentor IS NOT NULL;
INSERT INTO unsealed SELECT 'citizens', id, 'mentor_email', mentor_email FROM citizens WHERE mentor_email IS NOT NULL;
INSERT INTO unsealed SELECT 'citizens', id, 'mentor_phone', mentor_phone FROM citizens WHERE mentor_phone IS NOT NULL;
ALTER TABLE citizens RENAME COLUMN name TO person;
UPDATE citizens SET person = '', goals = '';
ALTER TABLE citizens DROP COLUMN email;
ALTER TABLE citizens DROP COLUMN phone;
ALTER TABLE citizens DROP COLUMN mentor;
ALTER TABLE citizens DROP COLUMN mentor_email;
ALTER TABLE citizens DROP COLUMN mentor_phone;

INSERT INTO unsealed SELECT 'internships', id, 'new_function', new_function FROM internships WHERE new_function IS NOT NULL;
UPDATE internships SET new_function = NULL WHERE new_function IS NOT NULL;
INSERT INTO unsealed SELECT 'internships', id, 'statement', statement FROM internships WHERE statement IS NOT NULL;
UPDATE internships SET statement = NULL WHERE statement IS NOT NULL;
INSERT INTO unsealed SELECT 'internships', id, 'decision', decision FROM internships WHERE decision IS NOT NULL;
UPDATE internships SET decision = NULL WHERE decision IS NOT NULL;
INSERT INTO unsealed SELECT 'internships', id, 'end_note', end_note FROM internships WHERE end_note IS NOT NULL;
UPDATE internships SET end_note = NULL WHERE end_note IS NOT NULL;
INSERT INTO unsealed SELECT 'internships', id, 'cancel_reason', cancel_reason FROM internships WHERE cancel_reason IS NOT NULL;
UPDATE internships SET cancel_reason = NULL WHERE cancel_reason IS NOT NULL;
INSERT INTO unsealed SELECT 'internships', id, 'next_step', next_step FROM internships WHERE next_step IS NOT NULL;
UPDATE internships SET next_step = NULL WHERE next_step IS NOT NULL;
INSERT INTO unsealed SELECT 'internships', id, 'start_reasons', start_reasons FROM internships WHERE start_reasons IS NOT NULL;
UPDATE internships SET start_reasons = NULL WHERE start_reasons IS NOT NULL;
INSERT INTO unsealed SELECT 'versions', internship_id || '/' || number, 'withdrawn_because', withdrawn_because FROM versions WHERE withdrawn_because IS NOT NULL;
UPDATE versions SET withdrawn_because = NULL WHERE withdrawn_because IS NOT NULL;
INSERT INTO unsealed SELECT 'versions', internship_id || '/' || number, 'decision', decision FROM versions WHERE decision IS NOT NULL;
UPDATE versions SET decision = NULL WHERE decision IS NOT NULL;
INSERT INTO unsealed SELECT 'confirmations', internship_id || '/' || number || '/' || party, 'given_by', given_by FROM confirmations WHERE given_by IS NOT NULL;
UPDATE confirmations SET given_by = NULL WHERE given_by IS NOT NULL;
INSERT INTO unsealed SELECT 'objections', id, 'given_by', given_by FROM objections WHERE given_by IS NOT NULL;
UPDATE objections SET given_by = NULL WHERE given_by IS NOT NULL;
INSERT INTO unsealed SELECT 'approval_requests', id, 'answer', answer FROM approval_requests WHERE answer IS NOT NULL;
UPDATE approval_requests SET answer = NULL WHERE answer IS NOT NULL;
INSERT INTO unsealed SELECT 'answers', id, 'words', words FROM answers WHERE words IS NOT NULL;
UPDATE answers SET words = NULL WHERE words IS NOT NULL;
INSERT INTO unsealed SELECT 'answers', id, 'given_by', given_by FROM answers WHERE given_by IS NOT NULL;
UPDATE answers SET given_by = NULL WHERE given_by IS NOT NULL;
INSERT INTO unsealed SELECT 'outcomes', id, 'next_step', next_step FROM outcomes WHERE next_step IS NOT NULL;
UPDATE outcomes SET next_step = NULL WHERE next_step IS NOT NULL;
INSERT INTO unsealed SELECT 'flag_events', id, 'reason', reason FROM flag_events WHERE reason IS NOT NULL;
UPDATE flag_events SET reason = NULL WHERE reason IS NOT NULL;
INSERT INTO unsealed SELECT 'follow_ups', id, 'cancel_reason', cancel_reason FROM follow_ups WHERE cancel_reason IS NOT NULL;
UPDATE follow_ups SET cancel_reason = NULL WHERE cancel_reason IS NOT NULL;
INSERT INTO unsealed SELECT 'objections', id, 'words', words FROM objections;
UPDATE objections SET words = '';
INSERT INTO unsealed SELECT 'approvals', id, 'reasons', reasons FROM approvals;
UPDATE approvals SET reasons = '';
INSERT INTO unsealed SELECT 'approval_requests', id, 'reasons', reasons FROM approval_requests;
UPDATE approval_requests SET reasons = '';
INSERT INTO unsealed SELECT 'letters', id, 'subject', subject FROM letters;
INSERT INTO unsealed SELECT 'letters', id, 'plain', plain FROM letters;
INSERT INTO unsealed SELECT 'letters', id, 'html', html FROM letters;
INSERT INTO unsealed SELECT 'letters', id, 'calendar', calendar FROM letters WHERE calendar IS NOT NULL;
UPDATE letters SET subject = '', plain = '', html = '', calendar = NULL;
