-- shown_evidence: one row is one document that proves an observation that
-- everybody may see; those of hidden counts are left out.
-- Key: measure, area, area_valid_from, period, source, document.
-- Inputs: evidence, observation, hidden, input, measure, area, period, source.
create or replace temp view shown_evidence as
select m.id as measure, a.code as area, a.valid_from as area_valid_from, p.name as period, e.document, e.document_date, s.id as source, s.nature
from evidence e
join observation o using (cell)
join measure m using (measure)
join area a using (area)
join period p using (period)
join source s using (source)
where o.observation not in (select i.observation from hidden h join input i using (input) where i.observation is not null)
order by all;
