-- falling: one row is one value of a running count that is somewhere below an
-- earlier one, within a year where it begins anew each January. It is walked
-- like jumping; least and most are what rounding allows.
-- Key: cell; course numbers the courses. Inputs: cell, trait, period, measure.
create or replace table falling as
with
step as materialized (
  select c.cell, c.value, p."end" as on_day, c.slot - c.period + case when m.basis = 'year_to_date' then p.year else 0 end as course,
    case when t.qualifier in ('less_than', 'almost', 'about') then 0 else c.value - coalesce(t.rounded_to, 0) / 2 end as least,
    case when t.qualifier in ('more_than', 'about') then 'infinity' else c.value + coalesce(t.rounded_to, 0) / 2 end::double as most
  from cell c
  join measure m using (measure)
  join period p using (period)
  join trait t using (trait)
  where c.refusal = '' and c.value is not null and m.basis in ('cumulative', 'year_to_date')
),
strange as (
  select distinct course
  from (select course, most, max(least) over (partition by course order by on_day, cell rows between unbounded preceding and 1 preceding) as reached from step)
  where most < reached
)
select dense_rank() over (order by s.course) as course, s.cell, cast(s.on_day - date '1900-01-01' as bigint) as day,
  s.value, s.least, s.most, 0::double as jump, 0::double as jump_from
from step s
join strange using (course)
order by course, day, cell;
