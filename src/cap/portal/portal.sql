-- Statements of the portal.

-- statement portal_publishers
-- for       public
-- in        kind text
-- out       many: unit_id id, name text
-- why       schools have pages of their own; the home page leads there
SELECT unit_id, name
  FROM pub_unit
 WHERE tenant = :tenant AND kind = :kind AND publishes = 1
 ORDER BY sort_no, unit_id;
