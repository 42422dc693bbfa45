#include "CResources.h"

// The explorer's files, in alphabetical order; Tests/HouseTests holds the list to the folder.

static const unsigned char web_cairn_svg[] = {
#embed "../../Web/cairn.svg"
};
static const unsigned char web_embed_css[] = {
#embed "../../Web/embed.css"
};
static const unsigned char web_europe_json[] = {
#embed "../../Web/europe.json"
};
static const unsigned char web_explorer_css[] = {
#embed "../../Web/explorer.css"
};
static const unsigned char web_guides_analysts_de_html[] = {
#embed "../../Web/guides/analysts.de.html"
};
static const unsigned char web_guides_analysts_en_html[] = {
#embed "../../Web/guides/analysts.en.html"
};
static const unsigned char web_guides_analysts_fr_html[] = {
#embed "../../Web/guides/analysts.fr.html"
};
static const unsigned char web_guides_providers_de_html[] = {
#embed "../../Web/guides/providers.de.html"
};
static const unsigned char web_guides_providers_en_html[] = {
#embed "../../Web/guides/providers.en.html"
};
static const unsigned char web_guides_providers_fr_html[] = {
#embed "../../Web/guides/providers.fr.html"
};
static const unsigned char web_js_charts_js[] = {
#embed "../../Web/js/charts.js"
};
static const unsigned char web_js_home_js[] = {
#embed "../../Web/js/home.js"
};
static const unsigned char web_js_map_js[] = {
#embed "../../Web/js/map.js"
};
static const unsigned char web_js_publish_js[] = {
#embed "../../Web/js/publish.js"
};
static const unsigned char web_js_search_js[] = {
#embed "../../Web/js/search.js"
};
static const unsigned char web_js_sortable_js[] = {
#embed "../../Web/js/sortable.js"
};
static const unsigned char web_js_suggest_js[] = {
#embed "../../Web/js/suggest.js"
};
static const unsigned char web_js_tryit_js[] = {
#embed "../../Web/js/tryit.js"
};
static const unsigned char web_messages_de_txt[] = {
#embed "../../Web/messages/de.txt"
};
static const unsigned char web_messages_en_txt[] = {
#embed "../../Web/messages/en.txt"
};
static const unsigned char web_messages_fr_txt[] = {
#embed "../../Web/messages/fr.txt"
};
static const unsigned char web_stones_svg[] = {
#embed "../../Web/stones.svg"
};
static const unsigned char web_vendor_README_md[] = {
#embed "../../Web/vendor/README.md"
};
static const unsigned char web_vendor_d3_min_js[] = {
#embed "../../Web/vendor/d3.min.js"
};
static const Resource web[] = {
  {"cairn.svg", web_cairn_svg, sizeof web_cairn_svg},
  {"embed.css", web_embed_css, sizeof web_embed_css},
  {"europe.json", web_europe_json, sizeof web_europe_json},
  {"explorer.css", web_explorer_css, sizeof web_explorer_css},
  {"guides/analysts.de.html", web_guides_analysts_de_html, sizeof web_guides_analysts_de_html},
  {"guides/analysts.en.html", web_guides_analysts_en_html, sizeof web_guides_analysts_en_html},
  {"guides/analysts.fr.html", web_guides_analysts_fr_html, sizeof web_guides_analysts_fr_html},
  {"guides/providers.de.html", web_guides_providers_de_html, sizeof web_guides_providers_de_html},
  {"guides/providers.en.html", web_guides_providers_en_html, sizeof web_guides_providers_en_html},
  {"guides/providers.fr.html", web_guides_providers_fr_html, sizeof web_guides_providers_fr_html},
  {"js/charts.js", web_js_charts_js, sizeof web_js_charts_js},
  {"js/home.js", web_js_home_js, sizeof web_js_home_js},
  {"js/map.js", web_js_map_js, sizeof web_js_map_js},
  {"js/publish.js", web_js_publish_js, sizeof web_js_publish_js},
  {"js/search.js", web_js_search_js, sizeof web_js_search_js},
  {"js/sortable.js", web_js_sortable_js, sizeof web_js_sortable_js},
  {"js/suggest.js", web_js_suggest_js, sizeof web_js_suggest_js},
  {"js/tryit.js", web_js_tryit_js, sizeof web_js_tryit_js},
  {"messages/de.txt", web_messages_de_txt, sizeof web_messages_de_txt},
  {"messages/en.txt", web_messages_en_txt, sizeof web_messages_en_txt},
  {"messages/fr.txt", web_messages_fr_txt, sizeof web_messages_fr_txt},
  {"stones.svg", web_stones_svg, sizeof web_stones_svg},
  {"vendor/README.md", web_vendor_README_md, sizeof web_vendor_README_md},
  {"vendor/d3.min.js", web_vendor_d3_min_js, sizeof web_vendor_d3_min_js},
};
const Resource *const resource_web = web;
const size_t resource_web_count = sizeof web / sizeof *web;
