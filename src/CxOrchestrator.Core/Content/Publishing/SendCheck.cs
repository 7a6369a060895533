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
        foreach (var (file, journey) in folder.Journeys.Where(parse => parse.Journey is not null).Select(parse => (parse.File, parse.Journey!)))
        {
            foreach (var step in journey.Steps.OfType<SendStep>().Where(step => messages.ContainsKey(step.Message)))
            {
                foreach (var (text, warning) in Problems(step, messages[step.Message], step.Purpose ?? journey.Purpose))
                    yield return new Fault(file, step.Line, 1, text, warning);
            }
        }
    }

    private static IEnumerable<(string Text, bool Warning)> Problems(SendStep step, MessageTemplate message, Purpose purpose)
    {
        foreach (var channel in step.Via)
        {
            var word = ValueReader.Words<Channel>()[(int)channel];
            if (!message.CanGoBy(channel))
            {
                var parts = channel == Channel.Sms ? $"{message.DefaultLanguage}.sms" : $"{message.DefaultLanguage}.subject and {message.DefaultLanguage}.txt";
                yield return ($"The message '{message.Name}' can't go by {word}: it lacks {parts}. Write them, or take {word} out of 'via'.", false);
                continue;
            }

            foreach (var (language, parts) in message.Languages.Where(pair => pair.Value.CanGoBy(channel)))
            {
                var uses = parts.On(channel).SelectMany(part => part.Variables).Select(use => use.Path).ToHashSet(StringComparer.Ordinal);
                if (step.Survey is null && uses.Contains(SurveyLink))
                    yield return ($"The message '{message.Name}' ({language}, {word}) prints links.survey, but this step asks no survey. Add 'survey: ...', or take the link out.", false);
                if (step.Survey is not null && !uses.Contains(SurveyLink))
                    yield return ($"This step asks the survey '{step.Survey}', but the message '{message.Name}' ({language}, {word}) has no links.survey in it.", false);
                if (channel == Channel.Email && purpose != Purpose.Service && !uses.Contains(UnsubscribeLink))
                    yield return ($"The message '{message.Name}' ({language}) is for {ValueReader.Words<Purpose>()[(int)purpose]} and has no links.unsubscribe in it.", true);
            }
        }
    }
}
