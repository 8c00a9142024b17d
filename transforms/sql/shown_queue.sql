-- shown_queue: one row is a counted queue of an area: who waits, who left and
-- joined in the period, by how many it shrank per period, and when it would be
-- empty. clears = false: not at this pace; latest empty: not at the slowest.
-- Key: indicator, area, area_valid_from, period, series.
-- Inputs: stat_queue, indicator, area, period, series.
create or replace temp view shown_queue as
select k.id as indicator, a.code as area, a.valid_from as area_valid_from, p.name as period, r.id as series, c.stock, c.exits, c.entries, c.entries_kind, c.net, cast(c.points as integer) as points,
  c.clears, c.expected, c.earliest, c.latest,
  c.reason, nature_of(c.nature) as nature
from stat_queue c
join indicator k using (indicator)
join area a using (area)
join period p on p.period = c.period
join series r on r.series = c.series
order by c.indicator, c.area, c.period, c.series;
