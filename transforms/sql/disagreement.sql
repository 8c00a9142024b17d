-- disagreement: one row is two figures of different sources for one measure,
-- area and period, with how far they are apart beyond rounding, in per cent
-- of the greater one. Both are kept; wide says that the gap is above the
-- tolerance, so that it needs an explanation.
-- Key: observation, other. Inputs: observation, source, gap, explanation.
-- "More than" leaves the upper end open, "less than" and "almost" the lower.
create or replace table disagreement as
with
twice as (
  select measure, area, period, territory
  from observation
  where value is not null
  group by all
  having count(distinct source) > 1
),
figure as materialized (
  select o.*,
    case when o.qualifier in ('less_than', 'almost') then '-infinity' else o.value - coalesce(o.rounded_to, 0) / 2 end::double as least,
    case when o.qualifier = 'more_than' then 'infinity' else o.value + coalesce(o.rounded_to, 0) / 2 end::double as most
  from observation o
  join twice using (measure, area, period, territory)
  where o.value is not null
),
pair as (
  select a.observation, b.observation as other, a.measure, a.area, a.period, a.territory, a.source, b.source as other_source,
    greatest(0, a.least - b.most, b.least - a.most) as apart, greatest(abs(a.value), abs(b.value)) as size
  from figure a
  join figure b using (measure, area, period, territory)
  where a.source < b.source
)
select p.*, case when p.size > 0 then 100 * p.apart / p.size else 0 end as gap,
  p.apart > 0 and 100 * p.apart > coalesce(g.tolerance, 0) * p.size as wide, e.entry as explanation
from pair p
left join gap g using (measure)
left join explanation e on e.measure = p.measure and e.area = p.area and e.period = p.period and e.source = p.source and e.other_source = p.other_source
order by p.measure, p.area, p.period, p.territory, p.source, p.other_source;
