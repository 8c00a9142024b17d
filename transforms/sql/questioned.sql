-- questioned: one row is one value that a rule over time or over areas
-- speaks against, with the decision that released it, if there is one; what
-- nobody released is refused in cell.
-- Key: cell (one rule only: the first that speaks). Inputs: objection, decided.
create or replace table questioned as
select o.cell, o.rule, x.entry as decision, x.verdict = 'release' as released
from objection o
left join decided x using (cell);

update cell set refusal = q.code
from (select cell, case rule when 'jump' then 'held' when 'running_count' then 'cumulative_fell' else 'sum_mismatch' end as code
  from questioned where released is not true) q
where q.cell = cell.cell;
