-- shown_comparison: one row compares a share or rate of an area with all other
-- areas of its parent together (against = rest) or with the period before
-- (against = before), each for the period that pages show. Numbers are in the
-- indicator's unit.
-- Key: indicator, area, area_valid_from, period, base_period, series, against.
-- Inputs: stat_comparison, indicator, area, period, series.
create or replace temp view shown_comparison as
select k.id as indicator, a.code as area, a.valid_from as area_valid_from, p.name as period, coalesce(b.name, '') as base_period, r.id as series, c.against, c.verdict, c.benchmark, c.difference, c.lower, c.upper,
  c.ratio, c.ratio_lower, c.ratio_upper, cast(c.others as integer) as others, cast(c.due as integer) as due,
  c.reason, nature_of(c.nature) as nature
from stat_comparison c
join indicator k using (indicator)
join area a using (area)
join period p on p.period = c.period
join series r on r.series = c.series
left join period b on b.period = c.base
order by c.indicator, c.area, c.period, c.series, c.against;
