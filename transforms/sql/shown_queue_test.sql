-- shown_queue_test: one row is what the projection of a queue would have said
-- some periods ago, and what came.
-- Key: indicator, area, area_valid_from, period, series, back.
-- Inputs: stat_queue_test, indicator, area, period, series.
create or replace temp view shown_queue_test as
select k.id as indicator, a.code as area, a.valid_from as area_valid_from, p.name as period, coalesce(b.name, '') as base_period, r.id as series, cast(c.back as integer) as back, c.expected, c.lower, c.upper, c.came, c.held,
  c.reason, nature_of(c.nature) as nature
from stat_queue_test c
join indicator k using (indicator)
join area a using (area)
join period p on p.period = c.period
join series r on r.series = c.series
left join period b on b.period = c.base
order by c.indicator, c.area, c.period, c.series, c.back;
