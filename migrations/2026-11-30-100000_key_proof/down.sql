DROP TABLE key_proofs;
