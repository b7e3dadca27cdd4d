"""Files that leave the desk: the register and the summary table, as XLSX and DOCX."""
