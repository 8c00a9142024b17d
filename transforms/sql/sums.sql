-- term: one row is one count in one sum that a reader can check; sign is -1
-- for the whole and 1 for its parts.
-- Key: sum, input. Inputs: guarded, input, family, measure, value, indicator.
-- Sums are an area and its parts; a measure and its categories, where they
-- add up exactly; a running count and what it gained.
create or replace table term as
with
counts as materialized (
  select i.input, i.measure, i.area, i.period, i.territory, i.series, i.origin, borders(i.territory, i.on_day) as on_day, g.value
  from guarded g
  join input i using (input)
),
places as materialized (
  select w.input as whole, c.input as part
  from counts w
  join family f on f.parent = w.area and w.on_day between f.valid_from and f.valid_to
  join counts c on c.area = f.child and c.measure = w.measure and c.period = w.period and c.series = w.series
    and c.territory = w.territory and c.origin = 'given'
  where w.origin = 'computed'
),
category as materialized (
  select w.input as whole, c.input as part, c.value
  from counts w
  join measure m on m.total = w.measure
  join counts c on c.measure = m.measure and c.area = w.area and c.period = w.period and c.series = w.series
    and c.territory = w.territory and c.origin = w.origin
),
full_category as materialized (
  select whole
  from category
  join guarded g on g.input = whole
  group by whole, g.value
  having count(*) >= 2 and sum(category.value) = g.value
),
gain as materialized (
  select v.value_row, v.n_input, v.base_input
  from value v
  join guarded g on g.input = -v.value_row
),
all_terms as (
  select 1 as kind, whole as sum, whole as input, -1 as sign from places group by all
  union all
  select 1, whole, part, 1 from places
  union all
  select 2, whole, whole, -1 from full_category
  union all
  select 2, whole, part, 1 from category semi join full_category using (whole)
  union all
  select 3, value_row, n_input, -1 from gain
  union all
  select 3, value_row, -value_row, 1 from gain
  union all
  select 3, value_row, base_input, 1 from gain where base_input is not null
)
select kind::bigint * 72057594037927936 + sum as sum, input, cast(sign as bigint) as sign
from all_terms;
