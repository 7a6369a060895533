using CxOrchestrator.Core.Customers;
using CxOrchestrator.Core.Enrolments;
using CxOrchestrator.Core.Journeys;
using CxOrchestrator.Templating;

namespace CxOrchestrator.Core.Content;

/// <summary>
/// Renders every message and evaluates every condition for sample customers, over the model that the real ones will have: what fails, fails here. A variable
/// that has no value yet where it is read, which prints nothing in a real message, is an error.
/// </summary>
internal sealed class Trial(ContentRules rules, DateTimeOffset now)
{
    /// <summary>What fails.</summary>
    public IEnumerable<Fault> Run(ContentFolder folder) => Messages(folder)
        .Concat(folder.Journeys.Where(parse => parse.Journey is not null).SelectMany(Journey))
        .Concat(folder.Surveys.Where(parse => parse.Survey?.Case is not null).SelectMany(parse =>
            Expression(parse.File, parse.Survey!.Case!.When.Source, parse.CasePlace.Line, parse.CasePlace.Column, "")));

    // What fails in a shared part is told for the first message that includes it: it fails alike in the others, as a rule.
    private IEnumerable<Fault> Messages(ContentFolder folder)
    {
        var told = new HashSet<(string File, int Line, int Column)>();
        foreach (var message in folder.Parsed())
        {
            foreach (var fault in Message(message))
            {
                if (!fault.File.StartsWith(SharedParts.Folder + "/", StringComparison.Ordinal))
                    yield return fault;
                else if (told.Add((fault.File, fault.Line, fault.Column)))
                    yield return fault with { Text = $"{fault.Text}, included by messages/{message.Name}" };
            }
        }
    }

    private IEnumerable<Fault> Message(MessageTemplate message)
    {
        foreach (var (language, parts) in message.Languages)
        {
            foreach (var channel in Enum.GetValues<Channel>())
            {
                if (!parts.CanGoBy(channel))
                    continue;
                foreach (var fault in Render(message, language, channel))
                    yield return fault;
            }
        }
    }

    // One fault a part is enough: the first customer for whom it fails.
    private IEnumerable<Fault> Render(MessageTemplate message, string language, Channel channel)
    {
        foreach (var customer in Samples.Customers(language, now))
        {
            var options = MessageRenderer.Options(language, customer, now) with { StrictVariables = true };
            foreach (var context in Samples.Contexts("sample", now))
            {
                var model = Samples.Model(customer, context, rules);
                if (MessageRenderer.Render(message, language, channel, options, model, CancellationToken.None).Error is { } error)
                {
                    yield return error with { Text = $"{error.Text} (for a sample customer {Who(customer, context)})" };
                    yield break;
                }
            }
        }
    }

    private IEnumerable<Fault> Journey(JourneyParse parse)
    {
        var type = (parse.Journey!.Trigger as EventTrigger)?.On ?? "";
        return parse.References.Where(reference => reference.Kind == ReferenceKind.Expression)
            .SelectMany(reference => Expression(parse.File, reference.Name, reference.Line, reference.Column, type));
    }

    private IEnumerable<Fault> Expression(string file, string source, int line, int column, string eventType)
    {
        if (CompiledExpression.Parse(source, file, TemplateParseOptions.Product).Expression is not { } expression)
            yield break;
        var options = new TemplateRenderOptions { NullMembersAreNull = true, StrictVariables = true, Now = now };
        foreach (var customer in Samples.Customers(rules.DefaultLanguage, now))
        {
            foreach (var context in Samples.Contexts(eventType, now))
            {
                if (expression.Evaluate(TemplateModels.ForJourney(customer, context, "sample", ""), options).Error is { } error)
                {
                    yield return new Fault(file, line, column, $"In '{source}': {error.Text} (for a sample customer {Who(customer, context)})");
                    yield break;
                }
            }
        }
    }

    private static string Who(Customer customer, EnrolmentContext context) =>
        (customer.Name.Length > 0 ? $"named {customer.Name}" : "without a name")
        + (context.Answer is null ? ", without an answer" : $", with the answer {context.Answer}");
}
