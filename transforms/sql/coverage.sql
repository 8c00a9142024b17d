-- coverage: one row says of a value that was summed from an area's children
-- how many of them gave all of its inputs, and how many there are.
-- Key: value_row. Inputs: value, input, family, indicator.
create or replace table coverage as
with
summed as (
  select v.value_row, v.area, v.territory, v.n_input, v.d_input, v.base_input
  from value v
  where v.origin = 'computed'
),
-- Most formulas use one input, whose sum has counted already.
one as (
  select s.value_row, i.reported, i.due
  from summed s
  join input i on i.input = s.n_input
  where s.d_input is null and s.base_input is null
),
two as materialized (
  select s.value_row, n.measure as n_measure, n.period as n_period, n.series as n_series, n.territory, n.area as parent,
    borders(n.territory, n.on_day) as on_day, n.due,
    e.measure as e_measure, e.period as e_period, e.series as e_series
  from summed s
  join input n on n.input = s.n_input
  join input e on e.input = coalesce(s.d_input, s.base_input)
),
child as (
  select t.*, f.child
  from two t
  join family f on f.parent = t.parent and t.on_day between f.valid_from and f.valid_to
),
given as materialized (
  select i.measure, i.period, i.series, i.territory, i.area, a.code
  from input i
  join area a on a.area = i.area
  where i.origin = 'given' and i.value is not null
),
-- The base of a change may be on another version of the same code.
answered as (
  select c.value_row, count(distinct c.child) as reported
  from child c
  join given n on n.measure = c.n_measure and n.period = c.n_period and n.series = c.n_series and n.territory = c.territory and n.area = c.child
  join given e on e.measure = c.e_measure and e.period = c.e_period and e.series = c.e_series and e.territory = c.territory and e.code = n.code
  group by all
)
select value_row, reported, due from one
union all
select t.value_row, coalesce(a.reported, 0), t.due from two t left join answered a using (value_row);
