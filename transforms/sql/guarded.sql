-- guarded: one row is one count of persons or families that protection looks
-- at: an input with a value, or (negative input) the pace between two of
-- them, which is a count of people too.
-- Key: input. Inputs: input, measure, value, indicator; the table
-- setting holds the threshold.
-- small: 0 no; 1 the count itself; 2 what is left to the whole is small, so
-- that the rest is known; 3 nought or all of a small group. low and high are
-- what a reader knows who sees the mark. twin is one number for one count
-- that several sources give, 0 where only one does. known: its owner has published this number.
create or replace table guarded as
with
counted as materialized (
  select i.input, i.measure, i.area, i.period, i.territory, i.series, i.origin, i.known as published, cast(i.value as bigint) as value
  from input i
  join measure m using (measure)
  where m.protected and i.value is not null
),
published as (
  select distinct measure, area, period, territory, value from counted where published
),
twins as (
  select row_number() over (order by measure, area, period, territory) as twin, measure, area, period, territory
  from (select measure, area, period, territory from counted group by all having count(*) > 1)
),
counts as materialized (
  select c.*, p.value is not null as known, coalesce(t.twin, 0) as twin
  from counted c
  left join published p using (measure, area, period, territory, value)
  left join twins t using (measure, area, period, territory)
),
-- A part with its whole, by declaration (total) or by a share.
pair as (
  select p.input as part, w.input as whole
  from counts p
  join measure m on m.measure = p.measure
  join counts w on w.measure = m.total and w.area = p.area and w.period = p.period and w.territory = p.territory
    and (w.series = p.series and w.origin = p.origin or w.known)
  union
  select v.n_input, v.d_input
  from value v
  join indicator k using (indicator)
  where k.kind = 'share'
),
risk as (
  select
    case when p.known then w.input else p.input end as input,
    case when w.value - p.value between 1 and s.threshold - 1 then 2 else 3 end as small,
    case when w.value - p.value between 1 and s.threshold - 1 then case when p.known then p.value + 1 else greatest(0, w.value - s.threshold + 1) end else 0 end as low,
    case when w.value - p.value between 1 and s.threshold - 1 then case when p.known then p.value + s.threshold - 1 else w.value - 1 end else s.threshold - 1 end as high
  from pair q
  join counts p on p.input = q.part
  join counts w on w.input = q.whole
  cross join setting s
  where w.value - p.value between 1 and s.threshold - 1
    or w.value between 1 and s.threshold - 1 and p.value in (0, w.value)
),
worst as (
  select input, min(small) as small, min_by(low, small) as low, min_by(high, small) as high
  from (
    select * from risk
    union all
    select c.input, 1, 1, s.threshold - 1 from counts c cross join setting s where c.value between 1 and s.threshold - 1
  )
  group by all
),
pace as (
  select -v.value_row as input, cast(v.value as bigint) as value, n.known and coalesce(e.known, true) as known
  from value v
  join indicator k using (indicator)
  join counts n on n.input = v.n_input
  left join counts e on e.input = v.base_input
  where k.kind = 'pace' and v.value is not null
)
select c.input, c.twin, c.value, c.known, coalesce(w.small, 0) as small, coalesce(w.low, 0) as low, coalesce(w.high, 0) as high
from counts c
left join worst w using (input)
union all
select p.input, 0, p.value, p.known, case when p.value between 1 and s.threshold - 1 then 1 else 0 end, 1, s.threshold - 1
from pace p
cross join setting s
order by input;
