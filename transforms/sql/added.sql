-- added: one row is an area's own figure whose parts reported the same
-- measure for the same period in the same delivery, with what they add up
-- to. misses says that the two differ by more than the stated tolerance and
-- rounding allow; where parts are still missing, only that the others are
-- more than the whole already.
-- Key: cell. Inputs: cell, trait, period, measure, rule, family.
-- Where any of the numbers is only about right, nothing is compared.
create or replace table added as
with
whole as materialized (
  select c.cell, c.slot, c.area, c.territory, c.value, borders(c.territory, p."end") as on_day, coalesce(t.rounded_to, 0) / 2 as slack, r.sum_tolerance
  from cell c
  join rule r on r.source = c.source and r.measure = c.measure and r.sum_tolerance is not null
  join measure m on m.measure = c.measure and m.additive
  join trait t using (trait)
  join period p using (period)
  where c.refusal = '' and c.value is not null and c.area in (select parent from family)
    and t.qualifier not in ('about', 'almost', 'more_than', 'less_than')
),
part as materialized (
  select w.cell, w.slot + (f.child - w.area) * 65536 as slot
  from whole w
  join family f on f.parent = w.area and w.on_day between f.valid_from and f.valid_to
),
summed as (
  select p.cell, count(*) as came, sum(c.value) as total, sum(coalesce(t.rounded_to, 0) / 2) as slack,
    bool_or(t.qualifier in ('about', 'almost', 'more_than', 'less_than')) as vague
  from part p
  join cell c using (slot)
  join trait t using (trait)
  where c.refusal = '' and c.value is not null
  group by p.cell
),
expected as (
  select cell, count(*) as due from part group by cell
)
select s.cell, s.total,
  case when s.came = e.due then abs(s.total - w.value) else s.total - w.value end > w.sum_tolerance * w.value / 100 + s.slack + w.slack + 1e-9 as misses
from summed s
join whole w using (cell)
join expected e using (cell)
where not s.vague;
