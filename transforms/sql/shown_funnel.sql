-- shown_funnel: one row is what chance allows an area of its size around the
-- common share of all, in per cent; where a funnel does not apply, the reason.
-- Key: indicator, area, area_valid_from, period, series.
-- Inputs: stat_funnel, indicator, area, period, series.
create or replace temp view shown_funnel as
select k.id as indicator, a.code as area, a.valid_from as area_valid_from, p.name as period, r.id as series, c.centre, c.dispersion, c.p, c.tau, c.whole, c.lower_95, c.upper_95, c.lower_998, c.upper_998,
  c.reason, nature_of(c.nature) as nature
from stat_funnel c
join indicator k using (indicator)
join area a using (area)
join period p on p.period = c.period
join series r on r.series = c.series
order by c.indicator, c.area, c.period, c.series;
