using CxOrchestrator.Core;
using CxOrchestrator.Core.Content;
using CxOrchestrator.Core.Customers;
using CxOrchestrator.Core.Doctor;
using CxOrchestrator.Core.Journeys;

namespace CxOrchestrator.Engine.Doctor;

/// <summary>Finds messages that speak of attributes which no customer has.</summary>
internal sealed class MessageExam(ICustomerStore customers, IPublishedContent content)
{
    // The newest would do as well: an attribute that a company uses is there with more than one in so many.
    private const int Sample = 500;

    /// <summary>A finding for each attribute of each message.</summary>
    public async Task<IReadOnlyList<Finding>> ExamineAsync(CancellationToken cancellation)
    {
        var people = await customers.PageAsync(null, Sample, cancellation);
        if (people.Count == 0)
            return [];
        var known = people.SelectMany(customer => TemplateModels.Of(customer)).Where(pair => pair.Value is not null)
            .Select(pair => pair.Key).ToHashSet(StringComparer.Ordinal);
        return [.. content.Journeys.Values.SelectMany(journey => journey.Steps.OfType<SendStep>()).Select(step => step.Message).Distinct()
            .Order(StringComparer.Ordinal).Select(content.Message).OfType<MessageTemplate>().SelectMany(message => Of(message, known, people.Count))];
    }

    private static IEnumerable<Finding> Of(MessageTemplate message, HashSet<string> known, int sample) =>
        message.Languages.Values.SelectMany(parts => parts.All.SelectMany(parts.With)).SelectMany(template => template.Variables)
            .Select(use => use.Path.Split('.')).Where(path => path is ["customer", _, ..]).Select(path => path[1])
            .Distinct(StringComparer.Ordinal).Where(name => !known.Contains(name)).Order(StringComparer.Ordinal)
            .Select(name => new Finding(
                $"the message {message.Name} speaks of customer.{name}, which none of {sample} customers has", 1, null,
                $"Import it (cxo customers import FILE --map attr.{name}=COLUMN), or take it out and publish: cxo journeys publish.{Nearest.Hint(name, known)}",
                NeedsPerson: false));
}
