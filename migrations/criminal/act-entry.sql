-- When an act was entered in the case system: late entries are told apart from late deeds.
ALTER TABLE "case_act" ADD COLUMN "entered_at" timestamptz(3);
