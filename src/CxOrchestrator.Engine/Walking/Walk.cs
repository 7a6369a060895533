using CxOrchestrator.Core.Content;
using CxOrchestrator.Core.Customers;
using CxOrchestrator.Core.Enrolments;
using CxOrchestrator.Core.Events;
using CxOrchestrator.Core.Journeys;

namespace CxOrchestrator.Engine.Walking;

/// <summary>One enrolment on its way through one batch: where it stands, and what its steps leave behind.</summary>
internal sealed class Walk(Enrolment enrolment, Journey journey, Customer customer, DateTimeOffset now, EffectCollector effects)
{
    private Customer _customer = customer;
    private Dictionary<string, object?>? _set;
    private Dictionary<string, object?>? _model;

    public Enrolment Enrolment { get; private set; } = enrolment;

    public Journey Journey { get; } = journey;

    /// <summary>The customer as they were read: all but the attributes is what it is, whatever the steps before have set.</summary>
    public Customer Person { get; } = customer;

    /// <summary>The customer, with what the steps before have set; whoever asks for no attributes asks <see cref="Person"/>, which costs nothing.</summary>
    public Customer Customer => _set is null ? _customer : Merged();

    public DateTimeOffset Now { get; } = now;

    public EffectCollector Effects { get; } = effects;

    public EnrolmentContext Context
    {
        get => Enrolment.Context;
        private set => Enrolment = Enrolment with { Context = value };
    }

    /// <summary>What conditions see; made once for as long as nothing of it changes.</summary>
    public Dictionary<string, object?> Model() => _model ??= TemplateModels.ForJourney(Customer, Context, Journey.Key, Journey.Touchpoint);

    /// <summary>Counts a visit and gives its number, from 1.</summary>
    public int Visit(Step step)
    {
        var occurrence = Context.Visits.GetValueOrDefault(step.Id) + 1;
        Context = Context with { Visits = new Dictionary<string, int>(Context.Visits) { [step.Id] = occurrence } };
        return occurrence;
    }

    /// <summary>Forgets a step's visits: the next is the first again.</summary>
    public void Forget(Step step)
    {
        var visits = new Dictionary<string, int>(Context.Visits);
        visits.Remove(step.Id);
        Context = Context with { Visits = visits };
    }

    /// <summary>Keeps the delivery of a send step, for the steps that wait on it.</summary>
    public void Remember(Step step, Guid deliveryId) =>
        Context = Context with { Deliveries = new Dictionary<string, Guid>(Context.Deliveries) { [step.Id] = deliveryId } };

    /// <summary>Keeps where a split has put the customer, so that a walk that comes again goes where it went.</summary>
    public void Place(Step split, SplitPlace place) =>
        Context = Context with { Splits = new Dictionary<string, SplitPlace>(Context.Splits) { [split.Id] = place } };

    /// <summary>Takes an event that was waited for, so that no step takes it again; an answer is what later steps see.</summary>
    public void Take(CustomerEvent fact)
    {
        Context = Context with { Heard = fact.Id, Answer = fact.Type == EventTypes.SurveyAnswered ? fact.Data : Context.Answer };
        _model = null;
    }

    /// <summary>Lets later steps see attributes that a step has set.</summary>
    public void Merge(IReadOnlyDictionary<string, object?> attributes)
    {
        // Nearly always the walk ends in a wait, and nobody looks.
        _set ??= new Dictionary<string, object?>(StringComparer.Ordinal);
        foreach (var (name, value) in attributes)
            _set[name] = value;
        _model = null;
    }

    /// <summary>Keeps what a step did. A wait that is looked at again is told anew, not twice.</summary>
    public void Note(string step, string did)
    {
        var again = Enrolment.Entered && Context.Trail.Count > 0 && Context.Trail[^1].Step == step;
        Context = again ? Context.Retold(did) : Context.With(new Trace(step, Now, did));
    }

    /// <summary>Keeps what a step did when it was left: a wait of its own line, besides the one that says how it began.</summary>
    public void Leave(string step, string did) => Context = Context.With(new Trace(step, Now, did));

    /// <summary>Stands before a step.</summary>
    public void StandBefore(Step step) => Enrolment = Enrolment with
    {
        StepId = step.Id,
        Entered = false,
        DueAt = Now,
        WaitsFor = null,
        WaitsOn = null,
    };

    /// <summary>Stands in a step.</summary>
    public void StandIn(StepOutcome.Stay stay) => Enrolment = Enrolment with
    {
        Entered = true,
        DueAt = stay.DueAt,
        WaitsFor = stay.WaitsFor,
        WaitsOn = stay.WaitsOn,
        Reason = stay.Reason,
    };

    /// <summary>Has ended.</summary>
    public void End(EnrolmentState state, string reason) => Enrolment = Enrolment with
    {
        State = state,
        DueAt = null,
        WaitsFor = null,
        WaitsOn = null,
        EndedAt = Now,
        Reason = reason,
    };

    private Customer Merged()
    {
        var all = Core.Json.ToNewMap(_customer.Attributes);
        foreach (var (name, value) in _set!)
            all[name] = value;
        _set = null;
        return _customer = _customer with { Attributes = Core.Json.OfMap(all) };
    }
}
