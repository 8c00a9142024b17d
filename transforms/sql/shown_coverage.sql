-- shown_coverage: one row says of a value that was summed from an area's
-- parts how many of them gave all its inputs, and how many there are.
-- Key: as in shown_value. Inputs: coverage, value, indicator, area, period.
create or replace temp view shown_coverage as
select k.id as indicator, a.code as area, a.valid_from as area_valid_from, p.name as period, coalesce(b.name, '') as base_period,
  v.territory, v.source_id as source, cast(c.reported as integer) as reported, cast(c.due as integer) as due
from coverage c
join value v using (value_row)
join indicator k using (indicator)
join area a on a.area = v.area
join period p on p.period = v.period
left join period b on b.period = v.base
order by v.indicator, v.area, v.period, v.base nulls first, v.territory, v.source_id;
