-- value_count: one row is a measure itself, shown as an indicator.
-- Key: indicator, area, period, territory, series, origin. Inputs: input, indicator.
create or replace temp view value_count as
select k.indicator, i.area, i.period, null::bigint as base, i.territory, i.series, i.origin,
  i.input as n_input, null::bigint as d_input, null::bigint as base_input, i.source as source,
  i.value, case when i.rounded then i.least end as lower, case when i.rounded then i.most end as upper,
  case when i.rounded then 'rounding' else '' end as interval_kind,
  null::double as numerator, null::double as denominator,
  i.qualifier, k.basis, i.obs_status, i.conf_status, i.reason, i.nature
from indicator k
join input i on i.measure = k.numerator and (k.numerator_series is null or i.series = k.numerator_series)
where k.kind = 'count';
