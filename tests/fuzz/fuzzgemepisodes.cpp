// SPDX-FileCopyrightText: The Quarry authors
// SPDX-License-Identifier: GPL-3.0-or-later
// Any bytes as lines to import, as the bytes of a file, and as the payload of each record: no
// crash, and what can be read is written as it was.
#include "gem/episodes/episodejson.h"
#include "gem/episodes/record.h"

#include <cstdlib>

using namespace quarry::gem;

namespace {

void require(bool holds)
{
    if (!holds)
        std::abort();
}

void checkRecord(const Record &record)
{
    QByteArray again;
    if (const auto step = stepOf(record)) {
        appendStep(again, *step);
        const auto read = stepOf(*RecordReader(again).next());
        require(read && read->action == step->action && read->reward == step->reward
                && read->terminated == step->terminated && read->truncated == step->truncated
                && read->observation == step->observation && read->info == step->info);
    } else if (const auto start = startOf(record)) {
        appendStart(again, *start);
        const auto read = startOf(*RecordReader(again).next());
        require(read && read->seed == start->seed && read->time == start->time
                && read->observation == start->observation && read->info == start->info);
    }
    (void)reasonOf(record);
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t *data, std::size_t size)
{
    if (size < 1)
        return 0;
    const QByteArrayView bytes(data + 1, qsizetype(size - 1));
    RecordReader reader(bytes);
    while (const auto record = reader.next())
        checkRecord(*record);
    require(reader.position() <= bytes.size());
    checkRecord({RecordKind(data[0] % 8), bytes});
    if (const auto episodes = importEpisodes(bytes.toByteArray())) {
        for (const ImportedEpisode &episode : *episodes) {
            for (const StepRecord &step : episode.steps) {
                QByteArray kept;
                appendStep(kept, step);
                require(stepOf(*RecordReader(kept).next()).has_value());
            }
        }
    }
    return 0;
}
