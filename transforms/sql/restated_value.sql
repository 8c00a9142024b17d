-- restated_value: one row is one value of an indicator on the territory of
-- another day, computed from counts that were moved there, never from values.
-- Key: indicator, area, period, base, territory, series.
-- Inputs: restated_term, indicator, period, period_back, garwood.
-- Rows whose counts were all reported on that territory are left out: they
-- stand among the values as reported.
create or replace temp view restated_value as
with
counts as (
  select k.indicator, r.area, r.period, null::bigint as base, r.territory, r.series, r.term as n_term, null::bigint as d_term, null::bigint as base_term,
    r.value, case when r.rounded or not r.exact then r.least end as lower, case when r.rounded or not r.exact then r.most end as upper, r.exact, r.rounded,
    null::double as numerator, null::double as denominator, r.qualifier, k.basis, r.obs_status, r.reason, r.nature, r.on_day
  from indicator k
  join restated_term r on r.measure = k.numerator and (k.numerator_series is null or r.series = k.numerator_series)
  where k.kind = 'count' and r.moved
),
pairs as (
  select k.indicator, k.kind, k.survey, case k.kind when 'share' then 100 else k.per * case when k.annualise then per_year(p.kind, p."end" - p.start + 1) else 1 end end as per,
    k.basis, k.counted, n.area, n.period, n.territory, n.series, n.term as n_term, d.term as d_term,
    n.value as n, d.value as d, n.least as n_least, n.most as n_most, d.least as d_least, d.most as d_most,
    n.exact and d.exact as exact, n.moved or d.moved as moved, n.rounded or d.rounded as rounded, n.on_day,
    greatest(strength(n.qualifier), strength_below(d.qualifier)) as strength,
    k.max_denominator_age_days > 0 and p."end" - d.on_day > k.max_denominator_age_days as old,
    first_status(first_status(n.obs_status, d.obs_status), case when old then 'D' else 'A' end) as status,
    case when k.kind = 'rate' and n.value is not null and d.least <= 0 and d.most > 0 then 'no_upper_limit' when old then 'old_denominator'
      else why_moved(n.reason, d.reason) end as reason,
    nature_of(greatest(nature_rank(n.nature), nature_rank(d.nature))) as nature
  from indicator k
  join restated_term n on n.measure = k.numerator and (k.numerator_series is null or n.series = k.numerator_series)
  join period p on p.period = n.period
  join restated_term d on d.measure = k.denominator and d.series = coalesce(k.denominator_series, n.series)
    and d.area = n.area and d.territory = n.territory
    and (d.period = n.period
      or k.kind = 'rate' and d.on_day between case when k.basis = 'year_to_date' then p.year_start else p.start end - 1 and p."end")
  -- A rate is first given the denominator nearest to it, moved or not: where
  -- both were reported on that territory, an older one that moved is none.
  where k.kind = 'rate' or k.kind = 'share' and (n.moved or d.moved)
  qualify k.kind = 'share' or row_number() over (partition by k.indicator, n.term order by d.period <> n.period, d.on_day desc, d.term) = 1
),
-- Where a count was apportioned or rounded, the limits of a quotient are the
-- least of the one over the most of the other, and no share is above the
-- whole; a rate whose denominator may be nothing has no upper limit. Exact
-- counts get the interval they have as reported: Wilson's for a share, the
-- exact Poisson limits for a rate.
ratios as (
  select indicator, area, period, null::bigint as base, territory, series, n_term, d_term, null::bigint as base_term,
    case when d > 0 then per * n / d end as value,
    counted and not survey and strength = 0 and d > 0 and (kind = 'rate' or n <= d) as drawn,
    case
      when not exact or rounded then case when d_most > 0 then per * n_least / d_most end
      when kind = 'rate' and drawn then per * g.lower / d
      when drawn
        then greatest(0, per * (n + 1.920729) / (d + 3.841459) - per * 1.959964 * sqrt(n * (d - n) / d + 0.960365) / (d + 3.841459))
    end as lower,
    case
      when not exact or rounded then case when d_least > 0 and not (kind = 'share' and n_most > d_least) then per * n_most / d_least when kind = 'share' then 100 end
      when kind = 'rate' and drawn then per * g.upper / d
      when drawn
        then least(per, per * (n + 1.920729) / (d + 3.841459) + per * 1.959964 * sqrt(n * (d - n) / d + 0.960365) / (d + 3.841459))
    end as upper,
    exact, rounded, n as numerator, d as denominator, qualifier_of(strength) as qualifier, basis, status as obs_status, reason, nature, on_day
  from pairs
  left join garwood g on g.events = n and exact and kind = 'rate'
  where moved and d_most > 0
),
changes as (
  select k.indicator, n.area, n.period, e.period as base, n.territory, n.series, n.term as n_term, null::bigint as d_term, e.term as base_term,
    case when e.value > 0 then 100 * (n.value - e.value) / e.value end as value,
    case when e.most > 0 and (not n.exact or not e.exact or n.rounded or e.rounded) then 100 * (n.least - e.most) / e.most end as lower,
    case when e.least > 0 and (not n.exact or not e.exact or n.rounded or e.rounded) then 100 * (n.most - e.least) / e.least end as upper,
    n.exact and e.exact as exact, n.rounded or e.rounded as rounded, n.value as numerator, e.value as denominator,
    qualifier_of(greatest(strength_below(n.qualifier), strength_below(e.qualifier))) as qualifier, k.basis,
    first_status(n.obs_status, e.obs_status) as obs_status, why_moved(n.reason, e.reason) as reason,
    nature_of(greatest(nature_rank(n.nature), nature_rank(e.nature))) as nature, n.on_day
  from indicator k
  join restated_term n on n.measure = k.numerator and (k.numerator_series is null or n.series = k.numerator_series)
  join period_back b on b.period = n.period and b.back = k.back
  join restated_term e on e.measure = n.measure and e.area = n.area and e.territory = n.territory and e.series = n.series and e.period = b.base
  where k.kind = 'change' and (n.moved or e.moved)
),
every as (
  from counts union all by name from ratios union all by name from changes
)
select indicator, area, period, base, territory, series, n_term, d_term, base_term,
  value, case when upper is not null and (value is not null or lower < upper) then lower end as lower,
  case when lower is not null and (value is not null or lower < upper) then upper end as upper,
  case when lower is null or upper is null then '' when not exact then 'apportionment' when rounded then 'rounding' when lower < upper and n_term is not null and d_term is not null then 'model_95' else '' end as interval_kind,
  numerator, denominator, qualifier, basis, obs_status, reason, nature, on_day
from every
-- A range that allows everything says nothing.
where value is not null or lower is not null and upper is not null and not (lower = 0 and upper = 100 and d_term is not null);
