using CxOrchestrator.Core;
using CxOrchestrator.Core.Consent;
using CxOrchestrator.Core.Customers;

namespace CxOrchestrator.Web.Pages;

/// <summary>
/// The words of pages that customers see, in one language; a survey's own words stand in the survey. <c>{0}</c> and <c>{1}</c> are places for values.
/// </summary>
internal sealed record CustomerWords
{
    /// <summary>The language, BCP 47.</summary>
    public required string Language { get; init; }

    /// <summary>Label of the list of languages.</summary>
    public required string LanguageLabel { get; init; }

    /// <summary>Stands behind the label of what may be left empty.</summary>
    public required string Optional { get; init; }

    /// <summary>How long a comment may be; {0} characters.</summary>
    public required string CommentLimit { get; init; }

    /// <summary>Begins the browser's title of a page with errors.</summary>
    public required string ErrorPrefix { get; init; }

    /// <summary>Headline above the list of errors.</summary>
    public required string ErrorsTitle { get; init; }

    /// <summary>No score; from {0} to {1}.</summary>
    public required string ChooseScore { get; init; }

    /// <summary>No comment where one is needed.</summary>
    public required string CommentNeeded { get; init; }

    /// <summary>The comment has {0} characters; {1} fit.</summary>
    public required string CommentTooLong { get; init; }

    /// <summary>The whole request was too large; {0} characters fit.</summary>
    public required string TooLarge { get; init; }

    /// <summary>Asks for one more press.</summary>
    public required string Confirm { get; init; }

    /// <summary>Above an earlier answer; it may be changed until {0}.</summary>
    public required string Earlier { get; init; }

    /// <summary>On the page of thanks; the answer may be changed until {0}.</summary>
    public required string ChangeUntil { get; init; }

    /// <summary>The link to do so.</summary>
    public required string Change { get; init; }

    /// <summary>The answer can no longer be changed: headline and text.</summary>
    public required (string Title, string Text) Closed { get; init; }

    /// <summary>The link has expired: headline and text.</summary>
    public required (string Title, string Text) Expired { get; init; }

    /// <summary>The link isn't known: headline and text.</summary>
    public required (string Title, string Text) Unknown { get; init; }

    /// <summary>Our own failure: headline and text.</summary>
    public required (string Title, string Text) Failure { get; init; }

    /// <summary>The unsubscribe page: headline.</summary>
    public required string StopTitle { get; init; }

    /// <summary>Asks whether to stop {0} from {1}.</summary>
    public required string StopAsk { get; init; }

    /// <summary>The button that does it.</summary>
    public required string Stop { get; init; }

    /// <summary>Done: headline, and text about {0} from {1}.</summary>
    public required (string Title, string Text) Stopped { get; init; }

    /// <summary>The button that undoes it.</summary>
    public required string Resume { get; init; }

    /// <summary>Undone: headline, and text about {0} from {1}.</summary>
    public required (string Title, string Text) Resumed { get; init; }

    /// <summary>What the messages of a purpose are called: service, feedback, marketing; by e-mail.</summary>
    public required (string Service, string Feedback, string Marketing) Emails { get; init; }

    /// <summary>The same by text message.</summary>
    public required (string Service, string Feedback, string Marketing) Texts { get; init; }

    /// <summary>The words for a locale or a survey's language; English where there are none.</summary>
    public static CustomerWords For(string language) =>
        Locales.Best(CustomerWordsByLanguage.All.Keys, language) is { } found ? CustomerWordsByLanguage.All[found] : CustomerWordsByLanguage.All["en"];

    /// <summary>What the messages of a channel and purpose are called.</summary>
    public string Messages(Channel channel, Purpose purpose)
    {
        var (service, feedback, marketing) = channel == Channel.Sms ? Texts : Emails;
        return purpose switch { Purpose.Service => service, Purpose.Feedback => feedback, _ => marketing };
    }
}
