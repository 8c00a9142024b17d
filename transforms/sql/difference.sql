-- value_difference: one row compares an input with an earlier one of the
-- same area: a change (per cent of the earlier, the same period some years
-- back) or a pace (what a running count gained since the period before).
-- Key: indicator, area, period, base, territory, series, origin.
-- Inputs: input, indicator, period, period_back, area.
-- The base belongs to the same code, even where its borders were others: an
-- event between the two then marks the break. A year-to-date count begins
-- each year at zero, so its first period is its own pace. A running count
-- that fell was corrected by somebody: the pace is held, not negative.
create or replace temp view value_difference as
with
asked as (
  select k.indicator, k.kind, k.survey, k.basis, i.*, a.code,
    case k.kind
      when 'change' then b.base
      when 'pace' then case when k.basis = 'year_to_date' and p.opens then null else p.previous end
    end as base,
    k.kind = 'pace' and k.basis = 'year_to_date' and p.opens as from_zero
  from indicator k
  join input i on i.measure = k.numerator and (k.numerator_series is null or i.series = k.numerator_series)
  join period p on p.period = i.period
  left join period_back b on b.period = i.period and b.back = k.back
  join area a on a.area = i.area
  where k.kind in ('change', 'pace')
),
compared as (
  select n.*, e.input as e_input, e.source as e_source,
    case when from_zero then 0 else e.value end as e,
    case when from_zero then 0 else e.least end as e_least,
    case when from_zero then 0 else e.most end as e_most,
    coalesce(e.rounded, false) as e_rounded,
    case when from_zero then strength(n.qualifier) else greatest(strength_below(n.qualifier), strength_below(e.qualifier)) end as strength,
    case when from_zero then n.obs_status else first_status(n.obs_status, e.obs_status) end as status,
    case when 'C' in (n.conf_status, e.conf_status) then 'C' else 'F' end as conf,
    case when n.value is null then n.reason else coalesce(e.reason, '') end as why,
    nature_of(greatest(nature_rank(n.nature), nature_rank(coalesce(e.nature, n.nature)))) as natures
  from asked n
  left join area b on b.code = n.code
  left join input e on e.period = n.base and e.area = b.area and e.measure = n.measure and e.series = n.series
    and e.territory = n.territory and e.origin = n.origin
  where e.input is not null or (n.from_zero and b.area = n.area)
),
judged as (
  select *,
    value < e and kind = 'pace' as fell,
    value is not null and e is not null and (kind = 'pace' or e > 0) and not (kind = 'pace' and value < e) as known_both,
    known_both and (rounded or e_rounded) and (kind = 'pace' or e_least > 0) as ranged
  from compared
)
select indicator, area, period, base, territory, series, origin,
  input as n_input, null::bigint as d_input, e_input as base_input,
  case when from_zero or source = e_source then source end as source,
  case when known_both then case kind when 'pace' then value - e else 100 * (value - e) / e end end as value,
  case when ranged then case kind when 'pace' then greatest(0, least - e_most) else 100 * (least - e_most) / e_most end end as lower,
  case when ranged then case kind when 'pace' then most - e_least else 100 * (most - e_least) / e_least end end as upper,
  case when ranged then 'rounding' else '' end as interval_kind,
  value as numerator, e as denominator,
  qualifier_of(strength) as qualifier,
  case kind when 'pace' then 'flow' else basis end as basis,
  case
    when value is null or e is null then status
    when fell then 'O'
    when not known_both then 'M'
    else status
  end as obs_status,
  conf as conf_status,
  case when value is null or e is null then why when fell then 'held' else '' end as reason,
  natures as nature
from judged;
