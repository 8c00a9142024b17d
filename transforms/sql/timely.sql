-- value_timely: one row is the share of the reports due from an area for a
-- period that came on time and could be used, or of all reports due from its
-- children. It counts reports, not people, and reads no observation.
-- Key: indicator, area, period, series. Inputs: due, source, period, family, indicator.
create or replace temp view value_timely as
with
own as (
  select s.series, d.area, d.period, count(*) as due, count(*) filter (d.status = 'on_time') as came, max(nature_rank(s.nature)) as careful
  from due d
  join source s using (source)
  where d.is_due
  group by all
),
placed as (
  select series, area, period, due, came, careful from own
  union all
  select o.series, f.parent as area, o.period, o.due, o.came, o.careful
  from own o
  join period p using (period)
  join family f on f.child = o.area and p."end" between f.valid_from and f.valid_to
),
counted as (
  select series, area, period, sum(due) as due, sum(came) as came, max(careful) as careful
  from placed
  group by all
)
select k.indicator, c.area, c.period, null::bigint as base, 'as_reported' as territory, c.series, 'timely' as origin,
  2147483648 + row_number() over (order by c.area, c.period, c.series) as n_input, null::bigint as d_input, null::bigint as base_input, null::bigint as source,
  100.0 * c.came / c.due as value, null::double as lower, null::double as upper, '' as interval_kind,
  cast(c.came as double) as numerator, cast(c.due as double) as denominator,
  '' as qualifier, 'flow' as basis, 'A' as obs_status, 'F' as conf_status, '' as reason, nature_of(c.careful) as nature
from counted c
cross join indicator k
where k.kind = 'timeliness';
