using System.Text;
using CxOrchestrator.Plugins.Sandbox.Journals;

namespace CxOrchestrator.Plugins.Sandbox.Crm;

/// <summary>
/// What <c>people.ndjson</c> came to up to a mark, in <c>people.known.ndjson</c>, so that a start reads what is new and not all that was ever written. It is
/// a short cut alone: where it is missing, torn or not of this journal, all is read.
/// </summary>
internal sealed class KnownPeople(string path)
{
    /// <summary>What there is, where its mark holds and all of it can be read; else null.</summary>
    public (JournalMark Mark, IReadOnlyList<PersonState> People)? Read(Func<JournalMark, bool> holds)
    {
        try
        {
            if (!File.Exists(path))
            {
                return null;
            }

            using var lines = File.ReadLines(path).GetEnumerator();
            if (!lines.MoveNext() || Line<Header>(lines.Current) is not { } header || !holds(header.Mark))
            {
                return null;
            }

            var people = new List<PersonState>();
            while (lines.MoveNext())
            {
                people.Add(Line<PersonState>(lines.Current));
            }

            var whole = people.DistinctBy(person => person.Person.Id).Count() == header.People && people.DistinctBy(person => person.Change).Count() == people.Count;
            return whole ? (header.Mark, people) : null;
        }
        catch (Exception unreadable) when (unreadable is IOException or UnauthorizedAccessException or FormatException)
        {
            return null;
        }
    }

    /// <summary>Puts it in place of what there is, all at once; where it can't be written, the next start reads more.</summary>
    public void Write(JournalMark mark, IReadOnlyCollection<PersonState> people)
    {
        var next = path + ".next";
        try
        {
            using (var file = new FileStream(next, FileMode.Create, FileAccess.Write, FileShare.None, bufferSize: 64 * 1024))
            {
                Put(file, new Header(mark, people.Count));
                foreach (var person in people)
                {
                    Put(file, person);
                }

                file.Flush(flushToDisk: true);
            }

            File.Move(next, path, overwrite: true);
        }
        catch (Exception failed) when (failed is IOException or UnauthorizedAccessException)
        {
            // A disk without room is told by whatever is written to the journal.
        }
    }

    private static T Line<T>(string line) => JsonLines.Read<T>(Encoding.UTF8.GetBytes(line));

    private static void Put<T>(FileStream file, T record)
    {
        file.Write(JsonLines.Write(record));
        file.WriteByte((byte)'\n');
    }

    private sealed record Header(JournalMark Mark, int People);
}
