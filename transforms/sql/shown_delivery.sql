-- shown_delivery: one row is one report that was due, with the day it came
-- and what became of it.
-- Key: source, area, area_valid_from, period. Inputs: due, source, area, period.
create or replace temp view shown_delivery as
select s.id as source, s.series_id as series, a.code as area, a.valid_from as area_valid_from, p.name as period,
  d.due, d.received, d.status, d.file, s.nature
from due d
join source s using (source)
join area a using (area)
join period p using (period)
order by d.source, d.area, d.period;
