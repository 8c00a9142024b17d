-- observations, earlier_values: what an instance's own model may read.
-- One row is one observation, or one value of an indicator computed before
-- it; columns are named as in the published files. Numbers are not yet
-- protected: whatever a model returns is protected with the observations of
-- its row.
-- Inputs: observation, value_count, value_ratio, value_difference, value_model.
create or replace temp view observations as
select m.id as measure, a.code as area, a.valid_from as area_valid_from, p.name as period, p.start as period_start, p."end" as period_end,
  o.value, o.qualifier, m.unit, m.basis, o.obs_status, o.conf_status, o.nature, o.territory, s.id as source, r.id as series, o.reason
from observation o
join measure m using (measure)
join area a using (area)
join period p using (period)
join source s using (source)
join series r on r.series = o.series;

create or replace temp view earlier_values as
select k.id as indicator, a.code as area, a.valid_from as area_valid_from, p.name as period, p.start as period_start, p."end" as period_end,
  coalesce(b.name, '') as base_period, six(v.value) as value, six(v.lower) as lower, six(v.upper) as upper, v.interval_kind, v.numerator, v.denominator,
  v.qualifier, k.unit, v.basis, v.obs_status, v.conf_status, v.nature, v.territory, coalesce(s.id, 'computed:' || r.id) as source, r.id as series, v.reason
from (
  select * from value_count
  union all by name select * from value_ratio
  union all by name select * from value_difference
  union all by name select * from value_model
) v
join indicator k using (indicator)
join area a using (area)
join period p on p.period = v.period
join series r on r.series = v.series
left join period b on b.period = v.base
left join source s on s.source = v.source;
