-- Taking a rule out of force is proposed, signed and done by three people.
ALTER TABLE rule_act DROP CONSTRAINT rule_act_act_check;
ALTER TABLE rule_act ADD CONSTRAINT rule_act_act_check CHECK (act IN ('draft', 'change', 'try', 'stop', 'sign', 'enact', 'amend', 'propose_trial', 'propose_repeal', 'suspend', 'repeal', 'hold'));
