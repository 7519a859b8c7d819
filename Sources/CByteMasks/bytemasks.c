// Everything is in the header, so that its callers have it within their loops.
#include "bytemasks.h"
