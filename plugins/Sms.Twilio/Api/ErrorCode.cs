using System.Globalization;

namespace CxOrchestrator.Plugins.SmsTwilio.Api;

/// <summary>What one of Twilio's error codes means to us.</summary>
/// <param name="Code">The code, for example <c>21610</c>.</param>
/// <param name="Fault">Whose fault it is.</param>
/// <param name="Text">In words that are safe to show; Twilio's own may name the number or the message.</param>
internal sealed record ErrorCode(string Code, ErrorFault Fault, string Text)
{
    private static readonly Dictionary<int, (ErrorFault Fault, string Text)> Known = new()
    {
        [20003] = (ErrorFault.Connection, "Twilio doesn't let us sign in: check AccountSid, AuthToken, KeySid and KeySecret"),
        [20005] = (ErrorFault.Connection, "the Twilio account is not active"),
        [20404] = (ErrorFault.Connection, "Twilio doesn't know this account: check AccountSid and BaseUrl"),
        [20429] = (ErrorFault.Busy, "too many requests at once"),
        [21211] = (ErrorFault.Address, "not a valid number"),
        [21214] = (ErrorFault.Address, "the number can't be reached"),
        [21217] = (ErrorFault.Address, "not a valid number"),
        [21268] = (ErrorFault.Address, "the number is a premium or information service"),
        [21408] = (ErrorFault.Message, "messages to that country are not enabled: see Messaging Geographic Permissions in the Twilio Console"),
        [21602] = (ErrorFault.Message, "the message has no text"),
        [21603] = (ErrorFault.Connection, "no sender: set MessagingServiceSid or From"),
        [21606] = (ErrorFault.Connection, "From is not a number of the account that can send messages"),
        [21608] = (ErrorFault.Message, "a trial account sends to verified numbers only"),
        [21609] = (ErrorFault.Connection, "Twilio refuses the callback address: it must be a public one; check PublicUrl"),
        [21610] = (ErrorFault.OptedOut, "the person has opted out by STOP"),
        [21611] = (ErrorFault.Busy, "the sender's queue at Twilio is full"),
        [21612] = (ErrorFault.Message, "Twilio can't reach that number from this sender"),
        [21614] = (ErrorFault.Address, "not a mobile number"),
        [21617] = (ErrorFault.Message, "the text is longer than 1600 characters"),
        [21635] = (ErrorFault.Address, "a landline, which takes no messages"),
        [21656] = (ErrorFault.Message, "the WhatsApp template doesn't take this text as its variable 1"),
        [21659] = (ErrorFault.Connection, "From is not a Twilio number"),
        [21660] = (ErrorFault.Connection, "From is not a number of this account"),
        [21703] = (ErrorFault.Connection, "the messaging service has no sender that could be used"),
        [21704] = (ErrorFault.Connection, "the messaging service has no sender"),
        [21705] = (ErrorFault.Connection, "Twilio doesn't know the messaging service: check MessagingServiceSid"),
        [21712] = (ErrorFault.Connection, "From is not a sender of the messaging service"),
        [30001] = (ErrorFault.Message, "the queue at Twilio was full, or the message was too old to be sent"),
        [30002] = (ErrorFault.Message, "the Twilio account was suspended"),
        [30003] = (ErrorFault.Message, "the handset was off or out of reach"),
        [30004] = (ErrorFault.Message, "the number doesn't take the message: blocked"),
        [30005] = (ErrorFault.Address, "the number is unknown or no longer in use"),
        [30006] = (ErrorFault.Address, "a landline or a carrier that can't be reached"),
        [30007] = (ErrorFault.Message, "a carrier or Twilio filtered the message"),
        [30008] = (ErrorFault.Message, "the carrier gave no reason"),
        // A number without WhatsApp is a good number for SMS all the same.
        [63003] = (ErrorFault.Message, "the number is not on WhatsApp"),
        [63016] = (ErrorFault.Message, "outside of the 24 hours after the person's last message, WhatsApp takes templates only: set ContentSid"),
        [63024] = (ErrorFault.Message, "the number is not on WhatsApp"),
    };

    /// <summary>Codes that are not known are the message's fault.</summary>
    public static ErrorCode Of(int code)
    {
        var name = code.ToString(CultureInfo.InvariantCulture);
        return Known.TryGetValue(code, out var known)
            ? new ErrorCode(name, known.Fault, $"{known.Text} (Twilio {name})")
            : new ErrorCode(name, ErrorFault.Message, $"see https://www.twilio.com/docs/api/errors/{name} (Twilio {name})");
    }
}

/// <summary>Whose fault an error is, which says what to do about it.</summary>
internal enum ErrorFault
{
    /// <summary>This message won't go; the next may.</summary>
    Message,

    /// <summary>The number itself is bad: don't use it again.</summary>
    Address,

    /// <summary>The person doesn't want messages.</summary>
    OptedOut,

    /// <summary>A setting or the account: no message is at fault, and all go once it is put right.</summary>
    Connection,

    /// <summary>Too much at once; nothing was taken.</summary>
    Busy,
}
