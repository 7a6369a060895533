using CxOrchestrator.Core.Timeline;

namespace CxOrchestrator.Web.Pages;

/// <summary>Small line drawings, drawn here so that no font has to have them.</summary>
internal static class Icons
{
    /// <summary>The drawing for a kind of entry; decoration, the words say the same.</summary>
    public static Markup Of(TimelineKind kind, string channel) => Markup.Raw(
        $"<span class=\"icon\" aria-hidden=\"true\"><svg viewBox=\"0 0 24 24\" focusable=\"false\">{Paths(kind, channel)}</svg></span>");

    private static string Paths(TimelineKind kind, string channel) => kind switch
    {
        TimelineKind.Event => "<path d=\"M13 2 5 13.5h6L10 22l9-12.5h-6.5z\"/>",
        TimelineKind.Enrolment => "<circle cx=\"6\" cy=\"19\" r=\"2.5\"/><circle cx=\"18\" cy=\"5\" r=\"2.5\"/><path d=\"M8.5 19H15a3.5 3.5 0 0 0 0-7H9a3.5 3.5 0 0 1 0-7h6.5\"/>",
        TimelineKind.Delivery when channel == "sms" => "<rect x=\"7\" y=\"2\" width=\"10\" height=\"20\" rx=\"2.5\"/><path d=\"M11 18.5h2\"/>",
        TimelineKind.Delivery => "<rect x=\"2.5\" y=\"5\" width=\"19\" height=\"14\" rx=\"2.5\"/><path d=\"m3.5 7 8.500 6.500L20.500 7\"/>",
        TimelineKind.Response => "<path d=\"M4 5h16a1.5 1.5 0 0 1 1.500 1.500v9A1.500 1.500 0 0 1 20 17h-8l-5 4v-4H4a1.500 1.500 0 0 1-1.500-1.500v-9A1.500 1.500 0 0 1 4 5z\"/><path d=\"M8 11h8\"/>",
        TimelineKind.Case => "<path d=\"M5 21V4M5 4.500h13l-3 4.500 3 4.500H5\"/>",
        TimelineKind.WriteBack => "<ellipse cx=\"12\" cy=\"5.500\" rx=\"8\" ry=\"3\"/><path d=\"M4 5.500v13c0 1.700 3.600 3 8 3s8-1.300 8-3v-13M4 12c0 1.700 3.600 3 8 3s8-1.300 8-3\"/>",
        _ => "<path d=\"M12 2.500 4.500 5.500v6c0 4.500 3 8 7.500 10 4.500-2 7.500-5.500 7.500-10v-6z\"/><path d=\"m9 12 2.200 2.200L15.500 10\"/>",
    };
}
