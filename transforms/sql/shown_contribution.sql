-- shown_contribution: one row is the part of its parent's change that an area
-- brought, in per cent; the parts of one parent add up to exactly 100. Where
-- there are none, one row of the parent says why.
-- Key: indicator, area, area_valid_from, period, base_period, series.
-- Inputs: stat_contribution, indicator, area, period, series.
create or replace temp view shown_contribution as
select k.id as indicator, a.code as area, a.valid_from as area_valid_from, p.name as period, coalesce(b.name, '') as base_period, r.id as series, c.parent, c.change, c.total, c.contribution,
  c.reason, nature_of(c.nature) as nature
from stat_contribution c
join indicator k using (indicator)
join area a using (area)
join period p on p.period = c.period
join series r on r.series = c.series
left join period b on b.period = c.base
order by c.indicator, c.area, c.period, c.series;
