-- value_ratio: one row is a share (100 × numerator ÷ denominator) or a rate
-- (per × numerator ÷ denominator) of two inputs of one area and period.
-- Key: indicator, area, period, territory, series, origin.
-- Inputs: input, indicator, period, garwood.
-- A rate divides what happened in a period by a stock dated within it or at
-- its ends: the one of the same period if there is one, else the latest. A
-- stock older than the indicator allows marks the value as of another
-- definition, with old_denominator as its reason. A flow of another length is
-- brought to a year only where the indicator says so.
create or replace temp view value_ratio as
with
above as (
  select k.indicator, k.kind, k.survey, k.max_denominator_age_days as oldest, p."end" as until,
    case when k.kind = 'share' then 100 when k.annualise then k.per * per_year(p.kind, p."end" - p.start + 1) else k.per end as per,
    k.denominator, coalesce(k.denominator_series, n.series) as d_series, k.basis, k.counted, n.*
  from indicator k
  join input n on n.measure = k.numerator and (k.numerator_series is null or n.series = k.numerator_series)
  join period p on p.period = n.period
  where k.kind in ('share', 'rate')
),
-- The two kinds apart: what may lie in several periods is compared with all of them.
below as (
  select n.indicator, n.input as n_input, d.input as d_input
  from above n
  join input d on d.measure = n.denominator and d.series = n.d_series
    and d.area = n.area and d.territory = n.territory and d.origin = n.origin and d.period = n.period
  where n.kind = 'share'
  union all
  select n.indicator, n.input, d.input
  from above n
  join period p on p.period = n.period
  join input d on d.measure = n.denominator and d.series = n.d_series
    and d.area = n.area and d.territory = n.territory and d.origin = n.origin
    and (d.period = n.period
      or d.on_day between case when n.basis = 'year_to_date' then p.year_start else p.start end - 1 and p."end")
  where n.kind = 'rate'
  qualify row_number() over (partition by n.indicator, n.input
    order by d.value is null, d.period <> n.period, d.on_day desc, d.input) = 1
),
best as (
  select n.indicator, n.kind, n.survey, n.per, n.basis, n.counted,
    n.input as n_input, d.input as d_input, n.area, n.period, n.territory, n.series, n.origin,
    case when n.source = d.source then n.source end as source,
    n.value as n, d.value as d, n.least as n_least, n.most as n_most, d.least as d_least, d.most as d_most,
    n.rounded or d.rounded as rounded,
    greatest(strength(n.qualifier), strength_below(d.qualifier)) as strength,
    n.oldest > 0 and n.until - d.on_day > n.oldest as old,
    first_status(first_status(n.obs_status, d.obs_status), case when old then 'D' else 'A' end) as status,
    case when 'C' in (n.conf_status, d.conf_status) then 'C' else 'F' end as conf_status,
    case when n.value is null then n.reason else d.reason end as reason,
    nature_of(greatest(nature_rank(n.nature), nature_rank(d.nature))) as nature
  from below b
  join above n on n.indicator = b.indicator and n.input = b.n_input
  join input d on d.input = b.d_input
),
divided as (
  select b.*,
    case when d > 0 then per * n / d end as value,
    -- Wilson (1927) score interval for a binomial share, z = 1.959964.
    per * (n + 1.920729) / (d + 3.841459) as centre,
    per * 1.959964 * sqrt(n * (d - n) / d + 0.960365) / (d + 3.841459) as half,
    g.lower as events_lower, g.upper as events_upper,
    case
      when n is null or d is null or d <= 0 then ''
      when rounded then 'rounding'
      when survey or not counted or strength > 0 then ''
      when kind = 'share' and n <= d then 'model_95'
      when kind = 'rate' and g.events is not null then 'model_95'
      else ''
    end as interval_kind
  from best b
  left join garwood g on g.events = b.n and b.kind = 'rate'
)
select indicator, area, period, null::bigint as base, territory, series, origin, n_input, d_input, null::bigint as base_input, source,
  value,
  case interval_kind
    when 'rounding' then per * n_least / d_most
    when 'model_95' then case kind when 'share' then greatest(0, centre - half) else per * events_lower / d end
  end as lower,
  case interval_kind
    when 'rounding' then case when kind = 'share' and n <= d and n_most > d_least then per when d_least > 0 then per * n_most / d_least end
    when 'model_95' then case kind when 'share' then least(per, centre + half) else per * events_upper / d end
  end as upper,
  interval_kind, n as numerator, d as denominator,
  qualifier_of(strength) as qualifier, basis,
  case
    when n is null or d is null then status
    when d <= 0 then 'M'
    else status
  end as obs_status,
  conf_status, case when n is null or d is null then reason when d > 0 and old then 'old_denominator' else '' end as reason, nature
from divided;
