using System.Text.Json.Nodes;
using CxOrchestrator.Core.Consent;
using CxOrchestrator.Core.Content.Schema;
using CxOrchestrator.Core.Content.Yaml;
using CxOrchestrator.Core.Customers;

namespace CxOrchestrator.Core.Journeys;

/// <summary>What may stand in a journey's file: the table that the parser and the JSON Schema share.</summary>
internal static class JourneyShapes
{
    internal static readonly Key SurveyOfRule = new(
        "survey", "Only answers to this survey; for survey.answered.", ValueSchemas.Name);

    internal static readonly Key When = new(
        "when", "Only where this expression is true, for example event.data.total >= 20.", ValueSchemas.Expression);

    private static readonly Key Id = new(
        "id", "The step's id, to be named in 'of' and seen in figures. Default: one made from its place, which changes when steps move.", ValueSchemas.Name);

    private static readonly Key OnFailure = new(
        "onFailure", "What happens where the step can't be done: stop (the walk waits for a person), continue (it goes on below), exit (it ends). Default: stop.",
        () => ValueSchemas.OneOf(ValueReader.Words<StepFailure>()));

    private static readonly Key[] Sending =
    [
        new("via", "Channels in the order of preference; the first that reaches the customer is taken, and the next where its service refuses the message for good. Default: email.", ViaSchema),
        new("purpose", "What the message is for. Default: the journey's.", () => ValueSchemas.OneOf(ValueReader.Words<Purpose>())),
        new("sendIn", "When it goes: business hours (of the journey's calendar), business hours in NAME, or any time. Outside of them it waits. Default: the journey's.", ValueSchemas.SendHours),
        new("expires", "How long it may wait to be sent, for example over quiet hours. Default: the setting Sending:ExpiresAfter.", ValueSchemas.Duration),
        Id,
    ];

    /// <summary>The whole file.</summary>
    public static Shape Journey { get; } = new(
        "journey", "A journey: what begins it, and the steps that a customer is walked through.",
        new("journey", "The journey's name, which stays the same over its versions.", ValueSchemas.Name, true),
        new("purpose", "What its messages are for, which decides about consent and quiet hours.", () => ValueSchemas.OneOf(ValueReader.Words<Purpose>()), true),
        new("touchpoint", "Where in the company's dealings with the customer it belongs, for example delivery.", ValueSchemas.Name),
        new("priority", "Which messages go first where the customer's attention budget (setting Attention) has no room for all: 0 to 100, the higher first. Default: 50.", () => ValueSchemas.Number(Priority.Lowest, Priority.Highest)),
        new("calendar", "The calendar in which its business days and hours are counted where none is named: one of the setting Calendars. It stands in for the company's, also where the company's zone is meant. Default: company, the setting Business.", ValueSchemas.Name),
        new("sendIn", "When its messages go: business hours (of its calendar), business hours in NAME, or any time. Outside of them they wait. Default: any time.", ValueSchemas.SendHours),
        new("trigger", "What begins it: an event (on), a schedule (cron), a date of the customer (date), a changed field (changed), a segment (enters, leaves), an answer (answer) or silence (silence).", () => ValueSchemas.Ref("trigger"), true),
        new("reentry", "Whether a customer may begin it again: once, always, every: 90d, or per: event.data.order_id. Default: once; with each date and each silence for triggers of these kinds.", () => ValueSchemas.Ref("reentry")),
        new("starts", "The first day on which it may begin, in the company's zone, for example 2026-12-01. Default: at once.", ValueSchemas.Day),
        new("ends", "The last day on which it may begin; whoever is under way walks on. Default: never.", ValueSchemas.Day),
        new("exit", "Events that end it early. One that is its goal too counts as the goal.", () => ValueSchemas.ListOf(ValueSchemas.Ref("rule"))),
        new("goal", "The event that it is there for.", () => ValueSchemas.Ref("rule")),
        new("steps", "The steps in order.", () => ValueSchemas.Ref("steps"), true),
        new("moves", "What becomes of people in the middle of older versions when this one is published. Default: they finish on the version that they walk.", () => ValueSchemas.ListOf(ValueSchemas.Ref("move"))));

    /// <summary>What is said of the people on a step of older versions.</summary>
    public static Shape Move { get; } = new(
        "move", "What becomes of the people who stand on a step of an older version.",
        new("from", "The step's id in the older version; any for every step that no other move names.", ValueSchemas.Text, true),
        new("to", "A step of this version; same for the step of the same id; stay to finish on the older version; exit to leave.", ValueSchemas.Text, true),
        new("version", "Only people of this version. Default: of every older one.", () => new JsonObject { ["type"] = "integer", ["minimum"] = 1 }),
        new("reason", "Why they leave, for people; with to: exit.", ValueSchemas.Text),
        new("now", "Whether they go on at once. Default: a wait that runs is run out first.", ValueSchemas.Flag),
        new("again", "Whether they may get a message that they have had already. Default: a move that would send one again is refused.", ValueSchemas.Flag));

    /// <summary>The map form of a re-entry rule: one of the two.</summary>
    public static Shape Reentry { get; } = new(
        "reentryRule", "Again after a while, or once for each value.",
        new("every", "Again after this long, counted from the last beginning.", ValueSchemas.Duration),
        new("per", "Once for each value of this expression, for example event.data.order_id.", ValueSchemas.Expression));

    /// <summary>An exit rule or a goal.</summary>
    public static Shape Rule { get; } = new(
        "rule", "An event, perhaps with a condition.", new("on", "The event's type.", ValueSchemas.EventType, true), SurveyOfRule, When);

    /// <summary>What a waitFor step waits for.</summary>
    public static Shape WaitFor { get; } = new(
        "awaited", "The event that is waited for.",
        new("on", "The event's type.", ValueSchemas.EventType, true),
        new("of", "The id of an earlier send or survey step: only events about its delivery.", ValueSchemas.Name),
        SurveyOfRule,
        When,
        new("upTo", "How long; counted from the sending of the delivery where 'of' is given.", ValueSchemas.Timing, true));

    /// <summary>A branch of a choose step with a condition.</summary>
    public static Shape Branch { get; } = new(
        "branch", "Steps for the case that the condition is true and none before it was.",
        new("when", "The condition, for example answer.score <= 6.", ValueSchemas.Expression, true),
        new("steps", "The steps.", () => ValueSchemas.Ref("steps"), true));

    /// <summary>The last branch of a choose step.</summary>
    public static Shape Otherwise { get; } = new(
        "otherwise", "Steps for the case that no condition is true.", new Key("otherwise", "The steps.", () => ValueSchemas.Ref("steps"), true));

    /// <summary>The steps, each with its kind as its first key.</summary>
    public static IReadOnlyList<Shape> Steps { get; } = [.. Plain().Select(shape => shape.Name == "exit" ? shape : shape with { Keys = [.. shape.Keys, OnFailure] })];

    private static Shape[] Plain() =>
    [
        new("wait", "Waits.", new("wait", "Until when, counted from here.", ValueSchemas.Timing, true), Id),
        new(
            "waitFor", "Waits for an event, up to a time.",
            new("waitFor", "The event, and how long.", () => ValueSchemas.Ref("awaited"), true),
            new("otherwise", "Steps for the case that time runs out; after them the walk goes on below.", () => ValueSchemas.Ref("steps")),
            Id),
        new(
            "choose", "Takes the first branch whose condition is true; after it the walk goes on below.",
            new("choose", "The branches in order.", () => ValueSchemas.ListOf(ValueSchemas.Ref("branches")), true), Id),
        SplitShapes.Split,
        new(
            "repeat", "Goes through its steps again and again; after it the walk goes on below.",
            new("repeat", "How often at most.", () => ValueSchemas.Number(1, RepeatStep.MostRounds), true),
            new("until", "Ends it after a round where this is true. Default: never.", ValueSchemas.Expression),
            new("steps", "The steps of a round.", () => ValueSchemas.Ref("steps"), true),
            Id),
        new(
            "send", "Sends a message.",
            [
                new("send", "The message: a folder under messages.", ValueSchemas.Name, true),
                new("survey", "The survey whose link it carries.", ValueSchemas.Name),
                .. Sending,
            ]),
        new(
            "survey", "Asks a survey: sends a message that carries its link.",
            [
                new("survey", "The survey: a file under surveys.", ValueSchemas.Name, true),
                new("message", "The message that carries the link.", ValueSchemas.Name, true),
                .. Sending,
            ]),
        new(
            "openCase", "Opens a case in the helpdesk.",
            new("openCase", "The case's kind, for example detractor.", ValueSchemas.Name, true),
            new("due", "By when it is to be put right, in the zone of the journey's calendar, for example 1 business day, or 4 business hours in support.", ValueSchemas.Timing, true),
            new("owner", "Who is to put it right. Default: the setting Cases:Owner.", ValueSchemas.Text),
            Id),
        new(
            "updateCustomer", "Sets attributes of the customer, here and in the CRM.",
            new("updateCustomer", "Expressions by attribute.", ValueSchemas.Expressions, true), Id),
        new(
            "emit", "Tells an event of our own about the customer.",
            new("emit", "The event's type.", ValueSchemas.EventType, true),
            new("data", "Expressions by name.", ValueSchemas.Expressions),
            Id),
        new("exit", "Ends the walk.", new("exit", "Why, for people.", ValueSchemas.TextOrNothing, true), Id),
    ];

    private static JsonObject ViaSchema()
    {
        var list = ValueSchemas.ListOf(ValueSchemas.OneOf(ValueReader.Words<Channel>()));
        list["uniqueItems"] = true;
        return list;
    }
}
