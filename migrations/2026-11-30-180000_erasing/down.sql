DROP INDEX citizens_by_closing;
DROP INDEX changes_by_time;
DROP TABLE read_log_starts;
DROP TABLE erased_hires;
DROP TABLE erased_stays;
DROP TABLE erasures;
DROP TABLE restrictions;
