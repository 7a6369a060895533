using CxOrchestrator.Core.Consent;
using CxOrchestrator.Core.Content.Yaml;
using CxOrchestrator.Core.Customers;
using CxOrchestrator.Core.Journeys;

namespace CxOrchestrator.Core.Content;

/// <summary>Checks that what journeys send has the parts and the links that the step needs.</summary>
internal static class SendCheck
{
    private const string SurveyLink = "links.survey";
    private const string UnsubscribeLink = "links.unsubscribe";

    /// <summary>The faults of all send steps.</summary>
    public static IEnumerable<Fault> Check(ContentFolder folder)
    {
        var messages = folder.Messages.Where(message => message.Message is not null).ToDictionary(message => message.Name, message => message.Message!);
        foreach (var parse in folder.Journeys.Where(parse => parse.Journey is not null))
        {
            var places = parse.References.Where(reference => reference.Kind == ReferenceKind.Message).ToDictionary(reference => reference.StepId!);
            foreach (var step in parse.Journey!.Steps.OfType<SendStep>().Where(step => messages.ContainsKey(step.Message)))
            {
                foreach (var (text, warning) in step.Via.SelectMany(channel => Problems(step, channel, messages[step.Message], step.Purpose ?? parse.Journey.Purpose)))
                    yield return new Fault(parse.File, places[step.Id].Line, places[step.Id].Column, text, warning);
            }
        }
    }

    private static IEnumerable<(string Text, bool Warning)> Problems(SendStep step, Channel channel, MessageTemplate message, Purpose purpose)
    {
        if (!message.CanGoBy(channel))
        {
            var word = ValueReader.Words<Channel>()[(int)channel];
            var parts = channel == Channel.Sms ? $"{message.DefaultLanguage}.sms" : $"{message.DefaultLanguage}.subject and {message.DefaultLanguage}.txt";
            yield return ($"The message '{message.Name}' can't go by {word}: it lacks {parts}. Write them, or take {word} out of 'via'.", false);
            yield break;
        }

        foreach (var parts in message.Languages.Values.Where(parts => parts.CanGoBy(channel)))
        {
            foreach (var part in parts.On(channel))
            {
                var file = part.Name;
                var body = part != parts.Subject;
                var uses = parts.With(part).SelectMany(one => one.Variables).Select(use => use.Path).ToHashSet(StringComparer.Ordinal);
                if (step.Survey is null && uses.Contains(SurveyLink))
                    yield return ($"{file} prints links.survey, but this step asks no survey. Add 'survey: ...', or take the link out.", false);
                if (step.Survey is not null && body && !uses.Contains(SurveyLink))
                    yield return ($"This step asks the survey '{step.Survey}', but {file} has no links.survey in it. Add the link.", false);
                if (channel == Channel.Email && purpose != Purpose.Service && body && !uses.Contains(UnsubscribeLink))
                    yield return ($"{file} is for {ValueReader.Words<Purpose>()[(int)purpose]} and has no links.unsubscribe in it. Add the link.", true);
            }
        }
    }
}
