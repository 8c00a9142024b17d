-- jumping: one row is one value of a course in time in which some step is a
-- jump beyond the declared factor. Only courses whose greatest and least
-- values are that far apart are looked at step by step. The courses are
-- walked one value after the other afterwards, since a value that is held is
-- no measure for the next.
-- Key: cell; course numbers the courses. Inputs: cell, period, measure, rule.
-- Stocks and running counts are compared whatever their period is called;
-- flows with periods of their own length; year-to-date counts with the same
-- part of an earlier year. Flows over odd spans are compared with nothing.
create or replace table jumping as
with
part as (
  select p.period, p."end" as on_day, m.measure,
    case m.basis when 'flow' then ascii(p.kind) when 'year_to_date' then p.part else 0 end as part
  from period p
  cross join measure m
  where not (m.basis = 'flow' and p.kind in ('range', 'date'))
    and m.measure in (select measure from rule where jump > 1)
),
step as materialized (
  -- The slot, with the part of the year in place of its period, names the course.
  select c.cell, c.value, p.on_day, c.slot - c.period + p.part as course, c.source, c.measure
  from cell c
  join part p using (period, measure)
  where c.refusal = '' and c.value is not null
),
strange as (
  select s.course, min(r.jump) as jump, max(coalesce(r.jump_from, 0)) as jump_from
  from step s
  join rule r using (source, measure)
  where r.jump > 1
  group by s.course
  having max(s.value) > min(s.value) * min(r.jump) and max(s.value) - min(s.value) >= max(coalesce(r.jump_from, 0))
),
neighbour as materialized (
  select s.course, s.cell, s.on_day, s.value, g.jump, g.jump_from, lag(s.value) over (partition by s.course order by s.on_day, s.cell) as before
  from step s
  join strange g using (course)
),
jumps as (
  select distinct course
  from neighbour
  where abs(value - before) >= jump_from and (value > before * jump or before > value * jump)
)
select dense_rank() over (order by n.course) as course, n.cell, cast(n.on_day - date '1900-01-01' as bigint) as day,
  n.value, n.value as least, n.value as most, n.jump, n.jump_from
from neighbour n
join jumps using (course)
order by course, day, cell;
