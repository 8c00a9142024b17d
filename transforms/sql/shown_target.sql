-- shown_target: one row is a target set for the region and how far its value has
-- come.
-- Key: indicator, area, area_valid_from, period, series, due.
-- Inputs: stat_target, indicator, area, period, series.
create or replace temp view shown_target as
select k.id as indicator, a.code as area, a.valid_from as area_valid_from, p.name as period, coalesce(b.name, '') as base_period, r.id as series, c.base_value, c.target, c.due, c.reference, c.value, c.progress, c.expected, c.state, c.required,
  c.reason, nature_of(c.nature) as nature
from stat_target c
join indicator k using (indicator)
join area a using (area)
join period p on p.period = c.period
join series r on r.series = c.series
left join period b on b.period = c.base
order by c.indicator, c.area, c.period, c.series, c.due;
