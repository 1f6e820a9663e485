// SPDX-FileCopyrightText: The Quarry authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "gem/episodes/stepjson.h"

#include "gem/environment/jsontext.h"

#include <charconv>

namespace quarry::gem {

void appendReal(std::string &out, double value)
{
    char text[32];
    const auto end = std::to_chars(text, text + sizeof text, value);
    const std::string_view written(text, std::size_t(end.ptr - text));
    out += written;
    if (written.find_first_of(".en") == written.npos)
        out += ".0";
}

void StepJson::appendObservation(std::string &out, const Environment &environment)
{
    m_text.clear();
    environment.appendObservation(m_text);
    out += "{\"observation\":";
    appendQuoted(out, m_text);
}

void StepJson::appendInfo(std::string &out, const Environment &environment)
{
    m_text.clear();
    environment.appendSuffix(m_text);
    out += ",\"info\":{\"suffix\":";
    appendQuoted(out, m_text);
    out += ",\"board\":";
    environment.appendBoard(out);
    out += "}}";
}

void StepJson::appendReset(std::string &out, const Environment &environment)
{
    appendObservation(out, environment);
    appendInfo(out, environment);
}

void StepJson::appendStep(std::string &out, const Environment &environment,
                          const StepResult &result)
{
    appendObservation(out, environment);
    out += ",\"reward\":";
    appendReal(out, result.reward);
    out += ",\"terminated\":";
    out += result.terminated ? "true" : "false";
    out += ",\"truncated\":";
    out += result.truncated ? "true" : "false";
    appendInfo(out, environment);
}

} // namespace quarry::gem
