using CxOrchestrator.Core;
using CxOrchestrator.Core.Settings;
using CxOrchestrator.Host.Settings;
using Microsoft.Extensions.Configuration;

namespace CxOrchestrator.Host.Tests.Settings;

public sealed class CalendarSettingsTests
{
    [Fact]
    public void A_calendar_has_a_zone_hours_by_day_days_off_and_days_with_other_hours()
    {
        var settings = Read(
            out var faults,
            ("Business:TimeZone", "Europe/Berlin"),
            ("Calendars:bangkok:TimeZone", "Asia/Bangkok"), ("Calendars:bangkok:Hours:Monday-Friday", "09:00-12:00, 13:00-18:00"), ("Calendars:bangkok:Hours:saturday", "10:00-14:00"),
            ("Calendars:bangkok:Holidays:0", "2026-04-13"), ("Calendars:bangkok:Holidays:1", "12-31"),
            ("Calendars:bangkok:OtherHours:2026-04-12", "10:00-12:00"), ("Calendars:bangkok:OtherHours:12-30", "09:00-12:00"),
            ("Calendars:night-shift:Hours:Friday-Monday", "22:00-06:00"));
        Assert.Empty(faults);
        Assert.Equal(["bangkok", "night-shift"], settings.Calendars.Keys.Order());
        var bangkok = settings.Calendar("bangkok");
        Assert.Equal(("bangkok", "Asia/Bangkok", new TimeOnly(9, 0), new TimeOnly(18, 0)), (bangkok.Name, bangkok.Zone.Id, bangkok.Opens, bangkok.Closes));
        foreach (var (day, hours) in new[]
                 {
                     ("2026-11-20", "09:00-12:00, 13:00-18:00"), ("2026-11-21", "10:00-14:00"), ("2026-11-22", "closed"), ("2026-04-13", "closed"), ("2026-04-12", "10:00-12:00"),
                     ("2027-04-13", "09:00-12:00, 13:00-18:00"), ("2026-12-31", "closed"), ("2029-12-31", "closed"), ("2026-12-30", "09:00-12:00"),
                 })
            Assert.Equal((day, hours), (day, bangkok.HoursOn(DateOnly.Parse(day, null)).ToString()));
        // A calendar without a zone is in the company's.
        Assert.Equal("Europe/Berlin", settings.Calendar("night-shift").Zone.Id);
        Assert.Equal([DayOfWeek.Sunday, DayOfWeek.Monday, DayOfWeek.Friday, DayOfWeek.Saturday], settings.Calendar("night-shift").Days.Order());
        Assert.Same(settings.Business, settings.Calendar("company"));
    }

    [Fact]
    public void The_companys_own_calendar_may_have_hours_by_day_in_the_place_of_one_span_for_all()
    {
        var business = Read(out var faults, ("Business:Hours:Monday-Thursday", "08:00-12:00, 13:00-17:00"), ("Business:Hours:Friday", "08:00-13:00"), ("Business:Holidays:0", "01-01")).Business;
        Assert.Empty(faults);
        Assert.Equal("08:00-13:00", business.HoursOn(new DateOnly(2026, 11, 20)).ToString());
        Assert.False(business.IsOpen(new DateOnly(2027, 1, 1)));
        Read(out faults, ("Business:Hours:Monday", "08:00-12:00"), ("Business:Opens", "08:00"));
        Assert.Equal(["Business:Hours says when each day is worked: remove Business:Days, Opens and Closes"], faults);
    }

    [Fact]
    public void All_faults_are_told_at_once_each_with_its_place_and_what_to_write()
    {
        Read(
            out var faults,
            ("Calendars:Support:Hours:Monday", "09:00-17:00"), ("Calendars:company:Hours:Monday", "09:00-17:00"), ("Calendars:plain", "09:00-17:00"), ("Calendars:empty:TimeZone", "Asia/Bangkok"),
            ("Calendars:odd:TimeZone", "Mars/Olympus"), ("Calendars:odd:Hours:Caturday", "09:00-17:00"), ("Calendars:odd:Hours:Monday", "nine"), ("Calendars:odd:Hours:Tuesday", ""),
            ("Calendars:odd:Holidays:0", "02-30"), ("Calendars:odd:OtherHours:soon", "09:00-12:00"), ("Calendars:odd:Holiday:0", "12-25"),
            ("Calendars:twice:Hours:Monday-Friday", "22:00-06:00"), ("Calendars:twice:Hours:Friday", "10:00-14:00"), ("Calendars:twice:Holidays:0", "12-25"), ("Calendars:twice:OtherHours:12-25", "09:00-12:00"),
            ("Calendars:overlap:Hours:Monday", "22:00-06:00"), ("Calendars:overlap:Hours:Tuesday", "05:00-09:00"), ("Calendars:short:Hours:Monday", "09:00-09:30"),
            ("Sending:ExpiresAfter", "2 business days in suport"), ("Journeys:LateAfter", "4 business hours"));
        const string hours = "write hours such as 09:00-17:30, or 09:00-12:00, 13:00-18:00, or 22:00-06:00 into the next day";
        Assert.Equal(
            new[]
            {
                "Journeys:LateAfter is \"4 business hours\": write it without business days, such as 1d or 12h",
                "Calendars:plain is \"09:00-17:00\": write a section with settings of its own",
                "Calendars:Support is no name of a calendar: write lower case letters, digits and dashes, beginning with a letter, such as support",
                "Calendars:company is the name of the company's own calendar, which is the section Business: take another",
                "Calendars:empty:Hours is missing: write hours by day of the week, such as { \"Monday-Friday\": \"09:00-12:00, 13:00-18:00\" }",
                "Calendars:odd:TimeZone is \"Mars/Olympus\": write an IANA time zone such as Asia/Bangkok",
                $"Calendars:odd:Hours:Caturday is \"09:00-17:00\": Caturday is no day of the week and no range of days such as Monday-Friday; {hours}",
                $"Calendars:odd:Hours:Monday is \"nine\": 'nine' is no span of hours; {hours}",
                $"Calendars:odd:Hours:Tuesday is \"\": a span of hours is missing; {hours}",
                "Calendars:odd:Holidays:0 is \"02-30\": write a date such as 2026-12-25, or 12-25 for every year",
                $"Calendars:odd:OtherHours:soon is \"09:00-12:00\": soon is not a date such as 2026-12-25, or 12-25 for every year; {hours}",
                "Calendars:odd:Holiday is not a setting. Did you mean 'Holidays'?",
                "Calendars:twice:OtherHours:12-25: the day is in Calendars:twice:Holidays too; remove one of them",
                "Calendars:twice:Hours:Monday-Friday: Friday has hours already; write each day once",
                "Calendars:overlap:Hours: those of Monday (22:00-06:00) reach into those of Tuesday (05:00-09:00); let one end where the other begins",
                "Calendars:short:Hours are less than an hour a week: write those of at least one day",
                "Sending:ExpiresAfter is \"2 business days in suport\": there is no calendar 'suport'. Did you mean 'Support'? Add Calendars:suport, or write it without",
            }.Order(),
            faults.Order());
    }

    private static CoreSettings Read(out IReadOnlyList<string> faults, params (string Key, string Value)[] values)
    {
        var configuration = new ConfigurationBuilder().AddInMemoryCollection(values.Select(value => new KeyValuePair<string, string?>(value.Key, value.Value))).Build();
        var (settings, found) = SettingsReader.Read(configuration, "/base", "/base/templates");
        faults = found;
        return settings.Core;
    }
}
