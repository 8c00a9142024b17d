-- shown_rank: one row is the range of ranks that the data of an area allow
-- among the areas of its parent; all ranges of one period hold at once with
-- 95 %. Areas of one rank_group cannot be told apart.
-- Key: indicator, area, area_valid_from, period, series.
-- Inputs: stat_rank, indicator, area, period, series.
create or replace temp view shown_rank as
select k.id as indicator, a.code as area, a.valid_from as area_valid_from, p.name as period, r.id as series, cast(c.lower as integer) as lower, cast(c.upper as integer) as upper, cast(c."of" as integer) as "of",
  cast(c.group_number as integer) as rank_group, c.ascending,
  c.reason, nature_of(c.nature) as nature
from stat_rank c
join indicator k using (indicator)
join area a using (area)
join period p on p.period = c.period
join series r on r.series = c.series
order by c.indicator, c.area, c.period, c.series;
