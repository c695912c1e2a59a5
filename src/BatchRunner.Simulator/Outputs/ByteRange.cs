using System.Globalization;
using Microsoft.AspNetCore.Http;
using Microsoft.Net.Http.Headers;

namespace BatchRunner.Simulator.Outputs;

/// <summary>A part of a file, first and last byte.</summary>
readonly record struct ByteRange(long First, long Last)
{
    public long Length => Last - First + 1;

    /// <summary>The one range a request asks for, cut to the file; null if it asks for none or for several.</summary>
    /// <param name="request">With `Range` and perhaps `If-Range`.</param>
    /// <param name="length">Of the file.</param>
    /// <param name="etag">Of the file.</param>
    /// <param name="isOutside">The range begins behind the end.</param>
    public static ByteRange? Of(HttpRequest request, long length, string etag, out bool isOutside)
    {
        isOutside = false;
        if (!RangeHeaderValue.TryParse(request.Headers.Range.ToString(), out var header)
            || header.Unit != "bytes"
            || header.Ranges.Count != 1
            || (request.Headers.IfRange.ToString() is { Length: > 0 } condition && condition != etag))
        {
            return null;
        }

        var asked = header.Ranges.Single();
        var range = asked.From is { } from
            ? new ByteRange(from, Math.Min(asked.To ?? long.MaxValue, length - 1))
            : new ByteRange(Math.Max(length - (asked.To ?? 0), 0), length - 1);
        isOutside = range.First >= length || range.Length <= 0;
        return range;
    }

    public string Header(long length) =>
        string.Create(CultureInfo.InvariantCulture, $"bytes {First}-{Last}/{length}");
}
