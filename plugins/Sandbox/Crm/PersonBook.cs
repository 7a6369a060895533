using CxOrchestrator.Plugins.Sandbox.Journals;
using CxOrchestrator.Sdk;

namespace CxOrchestrator.Plugins.Sandbox.Crm;

/// <summary>The people that the sandbox knows, made of the changes in <c>people.ndjson</c>.</summary>
internal sealed class PersonBook : IAsyncDisposable
{
    private const int PageSize = 200;

    // To write what is known costs a line a person: no more often than a start has read so many, and as many as there are people.
    private const int WorthKeeping = 5_000;

    private readonly Lock _gate = new();
    private readonly Dictionary<string, Person> _people = new(StringComparer.Ordinal);
    private readonly List<Person> _inOrder = [];
    private readonly Dictionary<long, Person> _byChange = [];
    private readonly SortedSet<long> _changeOrder = [];
    private readonly Journal _journal;
    private long _changes;

    public PersonBook(string path)
    {
        var known = new KnownPeople(Path.ChangeExtension(path, ".known.ndjson"));
        var lines = 0;
        _journal = Journal.Open(
            path,
            (_, line) =>
            {
                Apply(JsonLines.Read<PersonLine>(line));
                lines++;
            },
            holds => Recall(known.Read(holds)));
        if (lines >= Math.Max(WorthKeeping, _people.Count))
        {
            known.Write(_journal.Opened, [.. _inOrder.Select(person => person.State())]);
        }
    }

    /// <summary>Writes changes; one whose key is among the last 64 of its person is not written again.</summary>
    /// <exception cref="IOException">It is not certain that they stand.</exception>
    public async Task<IReadOnlyList<WriteResult>> WriteAsync(IReadOnlyList<CrmChange> changes)
    {
        var results = new List<WriteResult>(changes.Count);
        lock (_gate)
        {
            foreach (var change in changes)
            {
                results.Add(Write(change));
            }
        }

        await _journal.FlushAsync();
        return results;
    }

    /// <summary>One person, or null.</summary>
    public async Task<CrmPerson?> FindAsync(string id)
    {
        await _journal.FlushAsync();
        lock (_gate)
        {
            return _people.GetValueOrDefault(id)?.Show();
        }
    }

    /// <summary>People in the order of their last change; a null cursor with no people says that there is nothing new.</summary>
    public async Task<Page<CrmPerson>> ChangedSinceAsync(string? cursor)
    {
        var since = Cursors.Parse(cursor, beginning: 0);
        await _journal.FlushAsync();
        lock (_gate)
        {
            var page = Newest(since);
            return new Page<CrmPerson>([.. page.Select(person => person.Show())], page.Count == 0 ? null : Cursors.Write(page[^1].Change));
        }
    }

    /// <summary>People of a segment in the order in which they became known.</summary>
    public async Task<Page<CrmPerson>> SegmentAsync(Segment segment, string? cursor)
    {
        var at = (int)Cursors.Parse(cursor, beginning: 0);
        await _journal.FlushAsync();
        var people = new List<CrmPerson>();
        lock (_gate)
        {
            for (; at < _inOrder.Count && people.Count < PageSize; at++)
            {
                if (segment.Holds(_inOrder[at]))
                {
                    people.Add(_inOrder[at].Show());
                }
            }

            return new Page<CrmPerson>(people, at < _inOrder.Count ? Cursors.Write(at) : null);
        }
    }

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => _journal.DisposeAsync();

    private WriteResult Write(CrmChange change)
    {
        if (string.IsNullOrWhiteSpace(change.Key) || string.IsNullOrWhiteSpace(change.PersonId))
        {
            return WriteResult.Refused("incomplete", "A change needs a key and a person's id.");
        }

        if (_people.GetValueOrDefault(change.PersonId)?.Has(change.Key) != true)
        {
            // What is kept in memory is what a restart would read, to the last value.
            var bytes = JsonLines.Write(change);
            var line = JsonLines.Read<PersonLine>(bytes);
            _journal.Append(bytes);
            Apply(line);
        }

        var isActivity = change.Kind is CrmChangeKind.Message or CrmChangeKind.Answer or CrmChangeKind.Case;
        return WriteResult.Written(isActivity ? "activity-" + change.Key : change.PersonId);
    }

    private JournalMark? Recall((JournalMark Mark, IReadOnlyList<PersonState> People)? known)
    {
        foreach (var state in known?.People ?? [])
        {
            var person = Person.Of(state);
            _people.Add(state.Person.Id, person);
            _inOrder.Add(person);
            _byChange.Add(person.Change, person);
            _changeOrder.Add(person.Change);
        }

        // Each line is a change.
        _changes = known?.Mark.Lines ?? 0;
        return known?.Mark;
    }

    private void Apply(PersonLine line)
    {
        if (!_people.TryGetValue(line.PersonId, out var person))
        {
            person = new Person(line.PersonId);
            _people.Add(line.PersonId, person);
            _inOrder.Add(person);
        }

        person.Apply(line);
        _byChange.Remove(person.Change);
        _changeOrder.Remove(person.Change);
        person.Change = ++_changes;
        _byChange.Add(person.Change, person);
        _changeOrder.Add(person.Change);
    }

    private List<Person> Newest(long since) => since >= _changes
        ? []
        : [.. _changeOrder.GetViewBetween(since + 1, long.MaxValue).Take(PageSize).Select(change => _byChange[change])];
}
