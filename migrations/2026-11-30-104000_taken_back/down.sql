DROP TABLE former_agreements;
ALTER TABLE objections DROP COLUMN withdrawal_sealed;
