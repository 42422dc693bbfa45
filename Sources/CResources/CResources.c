#include "CResources.h"

// Each file is listed by hand here once; Tests/ResourcesTests holds the lists to the folders.

static const unsigned char openapi[] = {
#embed "../../openapi.yaml"
};
const Resource resource_openapi = {"openapi.yaml", openapi, sizeof openapi};

static const unsigned char openapi_json[] = {
#embed "../../openapi.json"
};
const Resource resource_openapi_json = {"openapi.json", openapi_json, sizeof openapi_json};

static const unsigned char m0001[] = {
#embed "../../Migrations/0001_sources.sql"
};
static const unsigned char m0002[] = {
#embed "../../Migrations/0002_vocabularies.sql"
};
static const unsigned char m0003[] = {
#embed "../../Migrations/0003_countries.sql"
};
static const unsigned char m0004[] = {
#embed "../../Migrations/0004_frameworks.sql"
};
static const unsigned char m0005[] = {
#embed "../../Migrations/0005_classifications.sql"
};
static const unsigned char m0006[] = {
#embed "../../Migrations/0006_observations.sql"
};
static const unsigned char m0007[] = {
#embed "../../Migrations/0007_keys.sql"
};
static const unsigned char m0008[] = {
#embed "../../Migrations/0008_providers.sql"
};
static const unsigned char m0009[] = {
#embed "../../Migrations/0009_credentials.sql"
};
static const unsigned char m0010[] = {
#embed "../../Migrations/0010_columns.sql"
};
static const unsigned char m0011[] = {
#embed "../../Migrations/0011_search.sql"
};
static const unsigned char m0012[] = {
#embed "../../Migrations/0012_changes.sql"
};
static const unsigned char m0013[] = {
#embed "../../Migrations/0013_imports.sql"
};
static const unsigned char m0014[] = {
#embed "../../Migrations/0014_statements.sql"
};
static const unsigned char m0015[] = {
#embed "../../Migrations/0015_stacking.sql"
};
static const unsigned char m0016[] = {
#embed "../../Migrations/0016_statement_changes.sql"
};
static const unsigned char m0017[] = {
#embed "../../Migrations/0017_webhooks.sql"
};
static const unsigned char m0018[] = {
#embed "../../Migrations/0018_writing.sql"
};
static const unsigned char m0019[] = {
#embed "../../Migrations/0019_intake.sql"
};
static const unsigned char m0020[] = {
#embed "../../Migrations/0020_terms.sql"
};
static const unsigned char m0021[] = {
#embed "../../Migrations/0021_word_pieces.sql"
};
static const unsigned char m0022[] = {
#embed "../../Migrations/0022_word_pace.sql"
};
static const unsigned char m0023[] = {
#embed "../../Migrations/0023_orders.sql"
};
static const unsigned char m0024[] = {
#embed "../../Migrations/0024_key_successors.sql"
};
static const unsigned char m0025[] = {
#embed "../../Migrations/0025_feed.sql"
};
static const Resource migrations[] = {
  {"0001_sources", m0001, sizeof m0001},
  {"0002_vocabularies", m0002, sizeof m0002},
  {"0003_countries", m0003, sizeof m0003},
  {"0004_frameworks", m0004, sizeof m0004},
  {"0005_classifications", m0005, sizeof m0005},
  {"0006_observations", m0006, sizeof m0006},
  {"0007_keys", m0007, sizeof m0007},
  {"0008_providers", m0008, sizeof m0008},
  {"0009_credentials", m0009, sizeof m0009},
  {"0010_columns", m0010, sizeof m0010},
  {"0011_search", m0011, sizeof m0011},
  {"0012_changes", m0012, sizeof m0012},
  {"0013_imports", m0013, sizeof m0013},
  {"0014_statements", m0014, sizeof m0014},
  {"0015_stacking", m0015, sizeof m0015},
  {"0016_statement_changes", m0016, sizeof m0016},
  {"0017_webhooks", m0017, sizeof m0017},
  {"0018_writing", m0018, sizeof m0018},
  {"0019_intake", m0019, sizeof m0019},
  {"0020_terms", m0020, sizeof m0020},
  {"0021_word_pieces", m0021, sizeof m0021},
  {"0022_word_pace", m0022, sizeof m0022},
  {"0023_orders", m0023, sizeof m0023},
  {"0024_key_successors", m0024, sizeof m0024},
  {"0025_feed", m0025, sizeof m0025},
};
const Resource *const resource_migrations = migrations;
const size_t resource_migrations_count = sizeof migrations / sizeof *migrations;

static const unsigned char data_annex1_elements[] = {
#embed "../../Data/annex1_elements.csv"
};
static const unsigned char data_countries[] = {
#embed "../../Data/countries.csv"
};
static const unsigned char data_credit_rules[] = {
#embed "../../Data/credit_rules.csv"
};
static const unsigned char data_framework_levels[] = {
#embed "../../Data/framework_levels.csv"
};
static const unsigned char data_frameworks[] = {
#embed "../../Data/frameworks.csv"
};
static const unsigned char data_isced_f_2013[] = {
#embed "../../Data/isced_f_2013.csv"
};
static const unsigned char data_isco08[] = {
#embed "../../Data/isco08.csv"
};
static const unsigned char data_languages[] = {
#embed "../../Data/languages.csv"
};
static const unsigned char data_nace_rev2[] = {
#embed "../../Data/nace_rev2.csv"
};
static const unsigned char data_seed_added_value[] = {
#embed "../../Data/seed_added_value.csv"
};
static const unsigned char data_seed_drivers[] = {
#embed "../../Data/seed_drivers.csv"
};
static const unsigned char data_seed_features[] = {
#embed "../../Data/seed_features.csv"
};
static const unsigned char data_seed_findings[] = {
#embed "../../Data/seed_findings.csv"
};
static const unsigned char data_seed_mapped_credentials[] = {
#embed "../../Data/seed_mapped_credentials.csv"
};
static const unsigned char data_seed_modularisation[] = {
#embed "../../Data/seed_modularisation.csv"
};
static const unsigned char data_seed_nqf_inclusion[] = {
#embed "../../Data/seed_nqf_inclusion.csv"
};
static const unsigned char data_seed_observations[] = {
#embed "../../Data/seed_observations.csv"
};
static const unsigned char data_seed_policy_stages[] = {
#embed "../../Data/seed_policy_stages.csv"
};
static const unsigned char data_seed_questions[] = {
#embed "../../Data/seed_questions.csv"
};
static const unsigned char data_seed_rpl_uses[] = {
#embed "../../Data/seed_rpl_uses.csv"
};
static const unsigned char data_seed_sources[] = {
#embed "../../Data/seed_sources.csv"
};
static const unsigned char data_seed_stacking[] = {
#embed "../../Data/seed_stacking.csv"
};
static const unsigned char data_seed_trust[] = {
#embed "../../Data/seed_trust.csv"
};
static const unsigned char data_vocabularies[] = {
#embed "../../Data/vocabularies.csv"
};
static const unsigned char data_vocabularies_cairn[] = {
#embed "../../Data/vocabularies_cairn.csv"
};
static const Resource data[] = {
  {"annex1_elements", data_annex1_elements, sizeof data_annex1_elements},
  {"countries", data_countries, sizeof data_countries},
  {"credit_rules", data_credit_rules, sizeof data_credit_rules},
  {"framework_levels", data_framework_levels, sizeof data_framework_levels},
  {"frameworks", data_frameworks, sizeof data_frameworks},
  {"isced_f_2013", data_isced_f_2013, sizeof data_isced_f_2013},
  {"isco08", data_isco08, sizeof data_isco08},
  {"languages", data_languages, sizeof data_languages},
  {"nace_rev2", data_nace_rev2, sizeof data_nace_rev2},
  {"seed_added_value", data_seed_added_value, sizeof data_seed_added_value},
  {"seed_drivers", data_seed_drivers, sizeof data_seed_drivers},
  {"seed_features", data_seed_features, sizeof data_seed_features},
  {"seed_findings", data_seed_findings, sizeof data_seed_findings},
  {"seed_mapped_credentials", data_seed_mapped_credentials, sizeof data_seed_mapped_credentials},
  {"seed_modularisation", data_seed_modularisation, sizeof data_seed_modularisation},
  {"seed_nqf_inclusion", data_seed_nqf_inclusion, sizeof data_seed_nqf_inclusion},
  {"seed_observations", data_seed_observations, sizeof data_seed_observations},
  {"seed_policy_stages", data_seed_policy_stages, sizeof data_seed_policy_stages},
  {"seed_questions", data_seed_questions, sizeof data_seed_questions},
  {"seed_rpl_uses", data_seed_rpl_uses, sizeof data_seed_rpl_uses},
  {"seed_sources", data_seed_sources, sizeof data_seed_sources},
  {"seed_stacking", data_seed_stacking, sizeof data_seed_stacking},
  {"seed_trust", data_seed_trust, sizeof data_seed_trust},
  {"vocabularies", data_vocabularies, sizeof data_vocabularies},
  {"vocabularies_cairn", data_vocabularies_cairn, sizeof data_vocabularies_cairn},
};
const Resource *const resource_data = data;
const size_t resource_data_count = sizeof data / sizeof *data;
