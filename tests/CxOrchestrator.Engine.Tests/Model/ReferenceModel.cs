namespace CxOrchestrator.Engine.Tests.Model;

/// <summary>
/// What a journey should do, as simply as it can be said: no store, no batches, no leases, no deliveries that may fail. Whoever has come to an event or to the end of a wait
/// goes on until the next wait.
/// </summary>
public sealed class ReferenceModel(ModelJourney journey)
{
    private readonly Line _line = Line.Of(journey.Steps);
    private readonly List<Person> _walks = [];
    private readonly Dictionary<(int Customer, string Slot), DateTimeOffset?> _slots = [];
    private readonly List<(int Number, int Customer, string Type, DateTimeOffset Time)> _told = [];

    /// <summary>Messages that were planned: whose walk, by the moment at which it began, at which step, for which time of its visits, and when.</summary>
    public List<(int Customer, DateTimeOffset Began, string Step, int Occurrence, DateTimeOffset At)> Planned { get; } = [];

    /// <summary>Walks that an exit rule ended, and when: nothing is sent after it.</summary>
    public Dictionary<(int Customer, DateTimeOffset Began), DateTimeOffset> Left { get; } = [];

    /// <summary>Walks that came to their goal, and when they did first.</summary>
    public Dictionary<(int Customer, DateTimeOffset Began), DateTimeOffset> Won { get; } = [];

    /// <summary>How many walks began.</summary>
    public int Began => _walks.Count;

    /// <summary>Walks that go on: where they stand, what they wait for, and until when.</summary>
    public IEnumerable<(int Customer, DateTimeOffset Began, string Step, string? WaitsFor, DateTimeOffset? Until)> UnderWay =>
        _walks.Where(walk => walk.At is not null).Select(walk => (walk.Customer, walk.Began, walk.At!.Id, walk.WaitsFor, walk.Until));

    /// <summary>Waits that are over end.</summary>
    public void Pass(DateTimeOffset now)
    {
        foreach (var walk in _walks.Where(walk => walk.Until <= now).ToList())
            Go(walk, walk.At!.WaitsFor is null ? walk.At.Next : walk.At.Otherwise, now);
    }

    /// <summary>Something happens.</summary>
    public void Tell(int customer, string type, int total, int order, DateTimeOffset now)
    {
        var number = _told.Count;
        _told.Add((number, customer, type, now));
        foreach (var walk in _walks.Where(walk => walk.Customer == customer && walk.At is not null).ToList())
        {
            if (type == journey.Goal)
                Won.TryAdd((customer, walk.Began), now);
            if (journey.Exits && type == "order.returned")
                Leave(walk, now);
            else if (walk.WaitsFor == type)
                Wake(walk, number, now);
        }

        if (type != "order.delivered" || total < journey.AtLeast || !Enters(customer, order, number, now))
            return;
        var begun = new Person(customer, number, total, now);
        _walks.Add(begun);
        Go(begun, _line.First, now);
    }

    private bool Enters(int customer, int order, int number, DateTimeOffset now)
    {
        var (slot, free) = journey.Reentry switch
        {
            ModelReentry.Once => ("once", (DateTimeOffset?)null),
            ModelReentry.Always => ($"event {number}", null),
            ModelReentry.Every every => ("every", now.AddHours(every.Hours)),
            _ => ($"order {order}", null),
        };
        if (_slots.TryGetValue((customer, slot), out var taken) && !(taken <= now))
            return false;
        _slots[(customer, slot)] = free;
        return true;
    }

    private void Leave(Person walk, DateTimeOffset now)
    {
        Left[(walk.Customer, walk.Began)] = now;
        Go(walk, null, now);
    }

    private void Wake(Person walk, int number, DateTimeOffset now)
    {
        walk.Heard = number;
        Go(walk, walk.At!.Next, now);
    }

    private void Go(Person walk, Line.Place? to, DateTimeOffset now)
    {
        (walk.At, walk.WaitsFor, walk.Until) = (to, null, null);
        while (walk.At is { } at)
        {
            switch (at.Step)
            {
                case ModelStep.Wait wait:
                    walk.Until = now.AddHours(wait.Hours);
                    return;
                case ModelStep.WaitFor wait:
                    if (Heard(walk, wait.Type) is { } number)
                    {
                        walk.Heard = number;
                        break;
                    }

                    (walk.WaitsFor, walk.Until) = (wait.Type, now.AddHours(wait.Hours));
                    return;
                case ModelStep.Send:
                    Planned.Add((walk.Customer, walk.Began, at.Id, walk.Visit(at), now));
                    break;
                case ModelStep.Exit:
                    walk.At = null;
                    return;
                case ModelStep.Choose choose:
                    walk.At = walk.Total >= choose.AtLeast ? at.Then : at.Otherwise;
                    continue;
                case ModelStep.Repeat repeat:
                    if (walk.Rounds(at) < repeat.Most)
                    {
                        walk.Visit(at);
                        walk.At = at.Then;
                        continue;
                    }

                    walk.Forget(at);
                    break;
            }

            walk.At = at.Next;
        }
    }

    // The newest of a kind since the walk's cause, unless it is the cause, or what the walk has heard last.
    private int? Heard(Person walk, string type)
    {
        var of = _told.Where(one => one.Customer == walk.Customer && one.Type == type && one.Time >= walk.Began).Select(one => (int?)one.Number).LastOrDefault();
        return of == walk.Cause || of == walk.Heard ? null : of;
    }

    private sealed class Person(int customer, int cause, int total, DateTimeOffset began)
    {
        private readonly Dictionary<string, int> _visits = [];

        public int Customer { get; } = customer;

        public int Cause { get; } = cause;

        public int Total { get; } = total;

        public DateTimeOffset Began { get; } = began;

        public Line.Place? At { get; set; }

        public string? WaitsFor { get; set; }

        public DateTimeOffset? Until { get; set; }

        public int? Heard { get; set; }

        public int Visit(Line.Place at) => _visits[at.Id] = Rounds(at) + 1;

        public int Rounds(Line.Place at) => _visits.GetValueOrDefault(at.Id);

        public void Forget(Line.Place at) => _visits.Remove(at.Id);
    }

    /// <summary>Steps with their ways, numbered as in the file.</summary>
    private sealed class Line
    {
        private int _number;

        public Place? First { get; private set; }

        public static Line Of(ModelSteps steps)
        {
            var line = new Line();
            line.First = line.Lay(steps, null);
            return line;
        }

        private Place? Lay(ModelSteps steps, Place? after)
        {
            var places = steps.All.Select(step => (Step: step, Place: new Place(step))).ToList();
            for (var i = 0; i < places.Count; i++)
            {
                var (step, place) = places[i];
                place.Id = $"s{++_number}";
                place.Next = i + 1 < places.Count ? places[i + 1].Place : after;
                switch (step)
                {
                    case ModelStep.WaitFor wait:
                        place.WaitsFor = wait.Type;
                        place.Otherwise = Lay(wait.Otherwise, place.Next);
                        break;
                    case ModelStep.Choose choose:
                        place.Then = Lay(choose.Then, place.Next);
                        place.Otherwise = choose.Otherwise is { } otherwise ? Lay(otherwise, place.Next) : place.Next;
                        break;
                    case ModelStep.Repeat repeat:
                        place.Then = Lay(repeat.Round, place);
                        break;
                }
            }

            return places.Count > 0 ? places[0].Place : after;
        }

        public sealed class Place(ModelStep step)
        {
            public ModelStep Step { get; } = step;

            public string Id { get; set; } = "";

            public string? WaitsFor { get; set; }

            public Place? Next { get; set; }

            public Place? Then { get; set; }

            public Place? Otherwise { get; set; }
        }
    }
}
