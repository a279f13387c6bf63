DROP TABLE changed_values;
