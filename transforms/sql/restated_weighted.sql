-- restated_weighted: one row is one percentage of a survey on the territory of
-- another day: the parts that make up the area, each weighed by its people.
-- Key: indicator, area, period, territory, series.
-- Inputs: input, indicator, period, measure, area, restate_part.
-- Only where whole areas were joined and every part has both numbers. The
-- range holds what half a unit of the last published decimal and the choice
-- of the day of the population allow; the survey's own error is not in it.
create or replace temp view restated_weighted as
with
percentage as materialized (
  select k.indicator, k.weight, 0.5 / power(10, k.decimals) as half, i.*, borders(i.territory, i.on_day) as border_day, p.start, p."end" as last_day, m.basis
  from indicator k
  join measure m on m.measure = k.numerator
  join input i on i.measure = k.numerator and (k.numerator_series is null or i.series = k.numerator_series)
  join period p on p.period = i.period
  where k.kind = 'count' and k.weight <> '' and i.origin = 'given' and i.value is not null
),
asked as (
  select p.territory, p.of_area, m.border_day, count(*) as due
  from restate_part p
  join area u on u.area = p.part
  join area w on w.area = p.of_area
  join (select distinct border_day from percentage) m on m.border_day between u.valid_from and coalesce(u.valid_to, date '9999-12-31')
    and not m.border_day between w.valid_from and coalesce(w.valid_to, date '9999-12-31')
  where not p.up
  group by all
  having bool_and(p.whole)
),
people as (
  select i.area, i.series, i.period, i.on_day, i.value, i.nature, i.input, m.id as measure
  from input i
  join measure m using (measure)
  where i.origin = 'given' and i.value > 0
),
combined as (
  select q.indicator, a.of_area as area, q.period, a.territory, q.series, w.series as weight_series, w.on_day as weight_day, q.basis, q.on_day, a.due,
    count(*) as reported, sum(q.value * w.value) / sum(w.value) as value,
    sum(greatest(0, q.value - q.half) * w.value) / sum(w.value) as lower, sum(least(100, q.value + q.half) * w.value) / sum(w.value) as upper,
    sum(w.value) as people, max(strength(q.qualifier)) as strength, min(status_rank(q.obs_status)) as status,
    nature_of(greatest(max(nature_rank(q.nature)), max(nature_rank(w.nature)))) as nature,
    list(q.input) || list(w.input) as inputs
  from percentage q
  join restate_part p on p.part = q.area and not p.up
  join asked a on a.territory = p.territory and a.of_area = p.of_area and a.border_day = q.border_day
  join people w on w.measure = q.weight and w.area = q.area and w.on_day between q.start - 1 and q.last_day
  group by all
  having count(*) = a.due
)
select indicator, area, period, territory, series, basis, on_day,
  arg_max(value, weight_day) as value, min(lower) as lower, max(upper) as upper, arg_max(people, weight_day) as people,
  max(strength) as strength, min(status) as status, nature_of(max(nature_rank(nature))) as nature, flatten(list(inputs)) as inputs
from combined
group by all;
