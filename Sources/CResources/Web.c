#include "CResources.h"

// The explorer's files, in alphabetical order; Tests/HouseTests holds the list to the folder.

static const unsigned char web_cairn_svg[] = {
#embed "../../Web/cairn.svg"
};
static const unsigned char web_explorer_css[] = {
#embed "../../Web/explorer.css"
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
static const Resource web[] = {
  {"cairn.svg", web_cairn_svg, sizeof web_cairn_svg},
  {"explorer.css", web_explorer_css, sizeof web_explorer_css},
  {"messages/de.txt", web_messages_de_txt, sizeof web_messages_de_txt},
  {"messages/en.txt", web_messages_en_txt, sizeof web_messages_en_txt},
  {"messages/fr.txt", web_messages_fr_txt, sizeof web_messages_fr_txt},
};
const Resource *const resource_web = web;
const size_t resource_web_count = sizeof web / sizeof *web;
