-- shown_trend: one row is the outcome of the trend test for an area, in one of
-- nine words.
-- Key: indicator, area, area_valid_from, series.
-- Inputs: stat_trend, indicator, area, period, series.
create or replace temp view shown_trend as
select k.id as indicator, a.code as area, a.valid_from as area_valid_from, p.name as period, coalesce(b.name, '') as base_period, r.id as series, cast(c.points as integer) as points, c.word, c.p,
  c.reason, nature_of(c.nature) as nature
from stat_trend c
join indicator k using (indicator)
join area a using (area)
join period p on p.period = c.period
join series r on r.series = c.series
left join period b on b.period = c."first"
order by c.indicator, c.area, c.period, c.series;
